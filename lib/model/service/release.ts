import type { ServiceLayer } from '../../config/schema.ts';
import type { Ground } from '../environment.ts';
import { noImage, notADeployment, notInEnvironment, otherImage } from '../findings.ts';
import type { Service } from '../model.ts';
import { type Reading, type ServiceSettings, sourcePath } from './settings.ts';

/** The service whose release a release job is part of: the job itself, unless it says what it comes before. */
export function releasedWith(of: Reading, neighbours: ReadonlyMap<string, ServiceSettings>): ServiceSettings {
  const { kind, pathOf, report } = of;
  const { before: name, image } = of.s;
  if (kind !== 'releaseJob' || name == null) return of;
  const path = pathOf('before');
  const service = neighbours.get(name);
  if (service?.kind === 'deployment') {
    const theirs = service.settings.value.image;
    if (image != null && theirs != null && imageText(image) !== imageText(theirs))
      report(
        otherImage({
          path: pathOf('image'),
          otherPath: sourcePath(service.settings, ['image'], service.path),
          job: of.name,
          service: name,
          image: imageText(theirs),
        }),
      );
    return service;
  }
  const known = [...neighbours.values()].filter(({ kind }) => kind === 'deployment').map((one) => one.name);
  report(
    service === undefined
      ? notInEnvironment({ path, what: 'service', name, environment: of.environment, known })
      : notADeployment({ path, name, kind: name === of.name ? undefined : service.kind, known }),
  );
  return of;
}

function imageText(image: NonNullable<ServiceLayer['image']>): string {
  return typeof image === 'string' ? image : `${image.repository}:${image.tag}`;
}

/** The release jobs of an environment's services, by the service that they come before; sorted. */
export function releaseJobsByService(services: ReadonlyMap<string, ServiceSettings>): ReadonlyMap<string, string[]> {
  const jobs = new Map<string, string[]>();
  for (const { name, kind, settings } of services.values()) {
    const before = kind === 'releaseJob' ? settings.value.before : undefined;
    if (before != null) jobs.set(before, [...(jobs.get(before) ?? []), name]);
  }
  return jobs;
}

/** @param report told that there is none */
export function imageOf(
  { name, settings, path }: ServiceSettings,
  environment: Ground,
  registryHost: string,
  report: Reading['report'],
): Service['image'] {
  const { image } = settings.value;
  if (image === undefined || image === null) {
    report(noImage({ path: sourcePath(settings, ['image'], path), service: name, environment: environment.name }));
    return { name: null, repository: '', tag: '', updated: false };
  }
  if (typeof image === 'string')
    return { name: image, repository: `${registryHost}/${image}`, tag: environment.imageTag.seed, updated: true };
  return { name: null, repository: image.repository, tag: image.tag, updated: false };
}
