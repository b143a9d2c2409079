import type { ServiceLayer } from '../../config/schema.ts';
import { secondsBetweenStarts } from '../cron.ts';
import type { Ground } from '../environment.ts';
import { type ModelFinding, noSchedule, notForKind } from '../findings.ts';
import type { Service } from '../model.ts';
import { type Draft, derived, Noted, written } from '../origins.ts';
import type { Variables } from '../variables.ts';
import { resourcesOf, schedulingOf, securityOf, shutdownOf } from './pods.ts';
import { portsOf } from './ports.ts';
import { imageOf, releasedWith } from './release.ts';
import { replicasOf } from './scaling.ts';
import { own, type Reading, readingOf, type ServiceKind, type ServiceSettings } from './settings.ts';
import { type IngressDefaults, ingressOf, probesOf } from './traffic.ts';
import { volumesOf } from './volumes.ts';

/** What a service may only say when it is of a certain kind. */
const ONLY_FOR: Readonly<Partial<Record<keyof ServiceLayer, readonly ServiceKind[]>>> = {
  ports: ['deployment'],
  probes: ['deployment'],
  hosts: ['deployment'],
  ingress: ['deployment'],
  replicaCount: ['deployment'],
  autoscaling: ['deployment'],
  disruptionBudget: ['deployment'],
  spread: ['deployment'],
  before: ['releaseJob'],
  job: ['scheduledJob', 'releaseJob'],
  schedule: ['scheduledJob'],
};

/** What the builder of one service knows of its surroundings. */
export type Surroundings = Readonly<{
  environment: Ground;
  tenantId: string;
  /** login server of the registry */
  registryHost: string;
  ingress: IngressDefaults;
  /** the services that are in this environment, itself among them */
  neighbours: ReadonlyMap<string, ServiceSettings>;
  /** the release jobs that come before it, sorted */
  releaseJobs: readonly string[];
  variables: Variables;
  /** sealed variable → ciphertext, as far as sealed */
  ciphertexts: Readonly<Record<string, string>>;
}>;

/**
 * One service in one environment, complete.
 *
 * @param report told of everything that is wrong; the draft is then still whole, with a stand-in for what is missing
 */
export function draftService(
  of: ServiceSettings,
  { environment, tenantId, registryHost, ingress, neighbours, releaseJobs, variables, ciphertexts }: Surroundings,
  report: (finding: ModelFinding) => void,
): Draft<Service> {
  const reading = readingOf(of, report);
  const { name, kind, path, s, at } = reading;
  checkKind(reading);
  const ports = portsOf(reading);
  const released = releasedWith(reading, neighbours);
  const { envs, secretEnvs, calls, uses } = variables;

  return new Noted<Draft<Service>>(
    {
      name: at(name),
      environment: environment.name,
      directory: environment.directory,
      namespace: environment.namespace,
      kind: at(kind, 'kind'),
      before: at(s.before ?? null, 'before'),
      releaseJobs,
      application: derived(`${environment.name}-${released.name}`, path),
      image: new Noted(
        // What the service lacks is told of the service, and which image an unknown service has is nobody's question.
        imageOf(released, environment, registryHost, s.before == null ? report : () => {}),
        released.settings.originOf(['image']),
      ),
      command: at(s.command ?? null, 'command'),
      args: at(s.args ?? null, 'args'),
      ports: ports.drafts,
      envs,
      sealedSecrets: declaredSecrets(s).map((secret) => ({
        name: secret,
        ciphertext: written(own(ciphertexts, secret) ?? null, ['sealed', environment.name, name, secret]),
      })),
      secretEnvs,
      secretName: derived(name, path),
      scheduling: schedulingOf(reading, environment),
      ...replicasOf(reading, environment),
      resources: resourcesOf(reading),
      shutdown: shutdownOf(reading),
      ...scheduleOf(reading),
      probes: probesOf(reading, ports),
      ingress: ingressOf(reading, environment, ingress, ports),
      volumes: volumesOf(reading),
      serviceAccount: derived(name, path),
      workloadIdentity: s.workloadIdentity
        ? at({ clientId: s.workloadIdentity.clientId ?? null, tenantId }, 'workloadIdentity')
        : null,
      security: securityOf(reading),
      calls,
      uses,
      extraHelmValues: at((s.extraHelmValues ?? {}) as Service['extraHelmValues'], 'extraHelmValues'),
      extraManifests: at((s.extraManifests ?? []) as unknown as Service['extraManifests'], 'extraManifests'),
    } as Draft<Service>,
    { from: 'configuration', path },
  );
}

function checkKind({ name, kind, s, pathOf, report }: Reading): void {
  for (const [field, kinds] of Object.entries(ONLY_FOR))
    if (!kinds.includes(kind) && s[field as keyof ServiceLayer] !== undefined)
      report(notForKind({ path: pathOf(field), field, kind, service: name }));
}

/** When a job runs, and how often it is tried. */
function scheduleOf({
  name,
  kind,
  s,
  at,
  pathOf,
  report,
}: Reading): Draft<Pick<Service, 'job' | 'schedule' | 'secondsBetweenStarts'>> {
  const cron = kind === 'scheduledJob' ? s.schedule?.cron : undefined;
  if (kind === 'scheduledJob' && cron === undefined) report(noSchedule({ path: pathOf('schedule'), service: name }));
  return {
    job:
      kind === 'deployment' || !s.job
        ? null
        : {
            backoffLimit: at(s.job.backoffLimit, 'job', 'backoffLimit'),
            deadlineSeconds: at(s.job.deadlineSeconds, 'job', 'deadlineSeconds'),
          },
    schedule: kind === 'scheduledJob' && s.schedule ? at({ ...s.schedule, cron: cron ?? '' }, 'schedule') : null,
    secondsBetweenStarts: derived(cron == null ? null : secondsBetweenStarts(cron), pathOf('schedule', 'cron')),
  } as Draft<Pick<Service, 'job' | 'schedule' | 'secondsBetweenStarts'>>;
}

/** Every sealed variable that a service uses, as a variable or in a file. Sorted. */
export function declaredSecrets(s: ServiceLayer): string[] {
  const inVariables = Object.values(s.envs ?? {}).flatMap((value) =>
    typeof value === 'object' && value !== null && 'secret' in value ? [value.secret as string] : [],
  );
  const inFiles = Object.values(s.volumes ?? {}).flatMap((volume) =>
    volume?.kind === 'secret' ? (Object.values(volume.files) as string[]) : [],
  );
  return [...new Set([...inVariables, ...inFiles])].sort();
}
