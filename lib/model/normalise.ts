import { isDeepStrictEqual } from 'node:util';
import { type Locate, orphanedSecret } from '../config/findings.ts';
import type { PlatformInput } from '../config/schema.ts';
import { type Finding, hasErrors, type Outcome, type Path, type Place } from '../finding/finding.ts';
import * as defaults from './defaults.ts';
import { draftEnvironment, type Ground } from './environment.ts';
import { type ModelFinding, noClientId, notSealed } from './findings.ts';
import type { Delivery, Environment, Model, Repository, Service, Source, Workflow } from './model.ts';
import { type Draft, derived, Noted, type Origin, originAt, plain, written } from './origins.ts';
import { nodesNeededOf } from './packing.ts';
import { podSecurityOf } from './pod-security.ts';
import { releaseJobsByService } from './service/release.ts';
import { draftService } from './service/service.ts';
import { type ServiceSettings, settingsOf, sortedEntries } from './service/settings.ts';
import { checkSharing } from './sharing.ts';
import { resolveVariables } from './variables.ts';

/** Where each value of the model came from, asked for by its path in the model. */
export type Origins = (path: Path) => Origin | undefined;

export type Normalised = Readonly<{ model: Model; origins: Origins }>;

/**
 * Makes the model: fills in defaults, resolves references, derives facts; once, and for all later stages.
 *
 * @param configuration valid in shape, its names existing somewhere
 * @returns the model with the origins of its values; `undefined` when something is wrong
 */
export function normalise(configuration: PlatformInput, locate: Locate): Outcome<Normalised | undefined> {
  const found = new Map<string, ModelFinding>();
  const report = (finding: ModelFinding): void => {
    const key = sameFinding(finding, Object.keys(configuration.environments));
    if (!found.has(key)) found.set(key, finding);
  };
  const draft = draftModel(configuration, report);
  const model = plain<Model>(draft);
  checkSharing(model, (path) => writtenAt(originAt(draft, path)) ?? path, report);
  const findings = [
    ...[...found.values()].map((finding) => placed(finding, locate)),
    ...orphanedSecrets(configuration, model).map((path) => orphanedSecret(path, locate)),
  ];
  const value = hasErrors(findings) ? undefined : { model, origins: (path: Path) => originAt(draft, path) };
  return { value, findings };
}

/**
 * Tells findings apart by what is to be mended: what a preset says wrong is wrong in each service that uses it, and what a service
 * says wrong is wrong in each environment; it is told once.
 */
function sameFinding({ code, path, otherPath, message }: ModelFinding, environments: readonly string[]): string {
  const anywhere = environments.reduce((text, environment) => text.replaceAll(`\`${environment}\``, '*'), message);
  return JSON.stringify([code, path, otherPath ?? anywhere]);
}

/** Of the two sides of a conflict, the later one is where it arose. */
function placed({ otherPath, part, ...finding }: ModelFinding, locate: Locate): Finding {
  let here = locate(finding.path, part);
  let there = otherPath && locate(otherPath, part);
  if (!here || !there || !otherPath) return { ...finding, ...here };
  if (isDeepStrictEqual(here.place, there.place)) {
    // One constant, or one helper function, said both: the conflict is where it is used.
    if (!here.via || !there.via || isDeepStrictEqual(here.via, there.via)) return { ...finding, ...here };
    here = { place: here.via };
    there = { place: there.via };
  }
  if (isBefore(here.place, there.place)) return { ...finding, path: otherPath, ...there, other: here.place };
  return { ...finding, ...here, other: there.place };
}

function isBefore(a: Place, b: Place): boolean {
  return a.file === b.file && (a.line < b.line || (a.line === b.line && a.column < b.column));
}

function writtenAt(origin: Origin | undefined): Path | undefined {
  return origin?.from === 'derivation' ? origin.paths[0] : origin?.from === 'default' ? undefined : origin?.path;
}

function draftModel(configuration: PlatformInput, report: (finding: ModelFinding) => void): Draft<Model> {
  const { name, azure, github, registry } = configuration;
  const registryHost = `${registry.name}.azurecr.io`;
  const { branch } = configuration.gitops;
  const gitops: Draft<Repository> = {
    ...repository('gitops', configuration),
    branch:
      branch === undefined
        ? new Noted(defaults.BRANCH, { from: 'default', path: ['branch'] })
        : written(branch, ['gitops', 'branch']),
  };
  const grounds = Object.fromEntries(
    sortedEntries(configuration.environments).map(([environment, value]) => [
      environment,
      draftEnvironment(environment, value, configuration, report),
    ]),
  );
  const plainGrounds = Object.fromEntries(
    Object.entries(grounds).map(([environment, ground]) => [environment, plain<Ground>(ground)]),
  );
  const services: Record<string, { name: string; environments: Record<string, Draft<Service>> }> = {};
  const present = new Map(Object.keys(grounds).map((environment) => [environment, [] as Service[]]));
  const settings = settingsByEnvironment(configuration);
  const releaseJobs = Object.fromEntries(
    Object.entries(settings).map(([environment, services]) => [environment, releaseJobsByService(services)]),
  );
  const names = Object.fromEntries(
    Object.entries(settings).map(([environment, services]) => [environment, [...services.keys()]]),
  );
  for (const [service] of sortedEntries(configuration.services)) {
    const environments: Record<string, Draft<Service>> = {};
    for (const [environment, ground] of Object.entries(plainGrounds)) {
      const neighbours = settings[environment] ?? new Map<string, ServiceSettings>();
      const here = neighbours.get(service);
      if (!here) continue;
      const draft = draftService(
        here,
        {
          environment: ground,
          tenantId: azure.tenantId,
          registryHost,
          ingress: configuration.environments[environment]?.ingress ?? { className: '', issuer: '' },
          neighbours,
          releaseJobs: releaseJobs[environment]?.get(service) ?? [],
          variables: resolveVariables(
            here,
            {
              environment: ground,
              service: (other) => neighbours.get(other),
              services: names[environment] ?? [],
            },
            report,
          ),
          ciphertexts: ciphertextsOf(configuration, environment, service),
        },
        report,
      );
      environments[environment] = draft;
      present.get(environment)?.push(plain<Service>(draft));
    }
    services[service] = { name: service, environments };
  }
  const all = [...present.values()].flat();
  reportUnsealed(all, report);
  reportUnidentified(all, report);

  return {
    name: written(name, ['name']),
    home: derived(
      github.repository === undefined ? null : `${github.owner}/${github.repository}`,
      ['github', 'owner'],
      ['github', 'repository'],
    ),
    gitops,
    infrastructure: {
      ...repository('infrastructure', configuration),
      state: written(configuration.infrastructure.state, ['infrastructure', 'state']),
    },
    azure: written(azure, ['azure']),
    registry: new Noted(draftRegistry(configuration, plainGrounds, registryHost), {
      from: 'configuration',
      path: ['registry'],
    }),
    secrets: written(Object.fromEntries(sortedEntries(configuration.secrets)), ['secrets']),
    sources: Object.fromEntries(
      sortedEntries(configuration.sources).map(([source, value]) => [
        source,
        draftSource(source, value, plainGrounds, configuration),
      ]),
    ),
    environments: new Noted(
      Object.fromEntries(
        Object.entries(grounds).map(([environment, ground]) => [
          environment,
          draftWithServices(
            ground,
            plainGrounds[environment] as Ground,
            present.get(environment) ?? [],
            configuration,
            plain<Repository>(gitops),
            registryHost,
          ),
        ]),
      ),
      { from: 'configuration', path: ['environments'] },
    ),
    services: new Noted(services as Draft<Model['services']>, { from: 'configuration', path: ['services'] }),
  } as Draft<Model>;
}

/** The merged settings of every service, by environment and service; services sorted, those not there left out. */
function settingsByEnvironment(configuration: PlatformInput): Record<string, ReadonlyMap<string, ServiceSettings>> {
  return Object.fromEntries(
    Object.keys(configuration.environments).map((environment) => [
      environment,
      new Map(
        sortedEntries(configuration.services).flatMap(([service]) => {
          const settings = settingsOf(configuration, service, environment);
          return settings ? [[service, settings] as const] : [];
        }),
      ),
    ]),
  );
}

function repository(which: 'gitops' | 'infrastructure', { github, [which]: { repository } }: PlatformInput) {
  return {
    name: written(repository, [which, 'repository']),
    url: derived(`git@github.com:${github.owner}/${repository}.git`, ['github', 'owner'], [which, 'repository']),
  };
}

function ciphertextsOf({ sealed = {} }: PlatformInput, environment: string, service: string): Record<string, string> {
  const inEnvironment = Object.hasOwn(sealed, environment) ? sealed[environment] : undefined;
  return inEnvironment && Object.hasOwn(inEnvironment, service) ? (inEnvironment[service] ?? {}) : {};
}

/** Where values are sealed that no service there uses. */
function orphanedSecrets({ sealed = {} }: PlatformInput, { services }: Model): Path[] {
  return Object.entries(sealed).flatMap(([environment, byService]) =>
    Object.entries(byService).flatMap(([service, values]) => {
      const inEnvironments = Object.hasOwn(services, service) ? (services[service]?.environments ?? {}) : {};
      const used = Object.hasOwn(inEnvironments, environment) ? (inEnvironments[environment]?.sealedSecrets ?? []) : [];
      return Object.keys(values)
        .filter((variable) => !used.some(({ name }) => name === variable))
        .map((variable) => ['sealed', environment, service, variable]);
    }),
  );
}

/** One warning for the platform. */
function reportUnsealed(services: readonly Service[], report: (finding: ModelFinding) => void): void {
  const missing = services.flatMap(({ name: service, environment, sealedSecrets }) =>
    sealedSecrets
      .filter(({ ciphertext }) => ciphertext === null)
      .map(({ name: variable }) => ({ environment, service, variable })),
  );
  if (missing.length > 0) report(notSealed(missing));
}

/** One warning a service, for all its environments. */
function reportUnidentified(services: readonly Service[], report: (finding: ModelFinding) => void): void {
  const missing = new Map<string, { environment: string; unit: string }[]>();
  for (const { name, environment, directory, workloadIdentity } of services)
    if (workloadIdentity !== null && workloadIdentity.clientId === null)
      missing.set(name, [...(missing.get(name) ?? []), { environment, unit: `live/${directory}/identity-${name}` }]);
  for (const [service, units] of missing) report(noClientId({ path: ['services', service], service, units }));
}

function draftRegistry(
  { registry, azure, sources, github }: PlatformInput,
  environments: Readonly<Record<string, Ground>>,
  loginServer: string,
): Draft<Model['registry']> {
  const or = <Value>(value: Value | undefined, fallback: Value, key: string): Noted<Value> =>
    value === undefined
      ? new Noted(fallback, { from: 'default', path: ['registry', key] })
      : written(value, ['registry', key]);
  return {
    name: written(registry.name, ['registry', 'name']),
    loginServer: derived(loginServer, ['registry', 'name']),
    loginServerSecret: written(registry.loginServerSecret, ['registry', 'loginServerSecret']),
    subscriptionId: written(registry.subscriptionId, ['registry', 'subscriptionId']),
    resourceGroup: written(registry.resourceGroup, ['registry', 'resourceGroup']),
    location:
      registry.location === undefined
        ? written(azure.location, ['azure', 'location'])
        : written(registry.location, ['registry', 'location']),
    sku: or(registry.sku, defaults.REGISTRY.sku, 'sku'),
    zoneRedundant: or(registry.zoneRedundant, defaults.REGISTRY.zoneRedundant, 'zoneRedundant'),
    retentionDays: written(registry.retentionDays ?? null, ['registry', 'retentionDays']),
    tags: written(Object.fromEntries(sortedEntries(registry.tags)), ['registry', 'tags']),
    extraInputs: written(registry.extraInputs ?? {}, ['registry', 'extraInputs']),
    pushedBy: sortedEntries(sources).flatMap(([source, { repositoryId }]) =>
      Object.values(environments).map(({ name, directory }) =>
        derived(
          {
            repository: source,
            // Names of identities have no dots.
            identity: `push-${source.replaceAll('.', '-')}`,
            environment: name,
            subject: pushSubject(github, source, repositoryId, directory),
          },
          ['sources', source],
        ),
      ),
    ),
  } as Draft<Model['registry']>;
}

/**
 * Who GitHub says that a job is. Repositories made, renamed or moved after July 2026 carry their numbers in it.
 *
 * @see Microsoft Entra, "Workload identity federation": the subject is compared letter by letter
 */
function pushSubject(
  { owner, ownerId }: PlatformInput['github'],
  repository: string,
  repositoryId: string | undefined,
  githubEnvironment: string,
): string {
  const who =
    ownerId !== undefined && repositoryId !== undefined
      ? `${owner}@${ownerId}/${repository}@${repositoryId}`
      : `${owner}/${repository}`;
  return `repo:${who}:environment:${githubEnvironment}`;
}

function draftSource(
  name: string,
  { images }: PlatformInput['sources'][string],
  environments: Readonly<Record<string, Ground>>,
  { delivery = {}, registry }: PlatformInput,
): Draft<Source> {
  const built = sortedEntries(images).map(([image, { context, dockerfile, target }]) => ({
    name: image,
    context: context ?? defaults.IMAGE.context,
    dockerfile: dockerfile ?? defaults.IMAGE.dockerfile,
    target: target ?? null,
  }));
  const noted = built.map((image) => written(image, ['sources', name, 'images', image.name]));
  const workflows = Object.values(environments).map((environment): [string, Draft<Workflow>] => [
    environment.name,
    new Noted<Draft<Workflow>>(
      {
        name: environment.directory,
        environment: environment.name,
        branch: environment.branch,
        githubEnvironment: environment.directory,
        registry: written(registry.name, ['registry', 'name']),
        loginServerSecret: written(registry.loginServerSecret, ['registry', 'loginServerSecret']),
        tagSuffix: environment.imageTag.suffix,
        images: noted,
        runner:
          delivery.runner === undefined
            ? new Noted(defaults.DELIVERY.runner, { from: 'default', path: ['delivery', 'runner'] })
            : written(delivery.runner, ['delivery', 'runner']),
        timeoutMinutes: delivery.timeoutMinutes ?? defaults.DELIVERY.timeoutMinutes,
        pathsIgnore: [...(delivery.pathsIgnore ?? defaults.DELIVERY.pathsIgnore)].sort(),
        permissions: { contents: 'read', 'id-token': 'write' },
      } as Draft<Workflow>,
      { from: 'configuration', path: ['environments', environment.name] },
    ),
  ]);
  return new Noted<Draft<Source>>({ name, images: noted, workflows: Object.fromEntries(workflows) } as Draft<Source>, {
    from: 'configuration',
    path: ['sources', name],
  });
}

/** Adds to an environment what follows from the services in it. */
function draftWithServices(
  ground: Draft<Ground>,
  { name, directory, namespace, imageTag, cluster }: Ground,
  services: readonly Service[],
  { delivery = {} }: PlatformInput,
  gitops: Repository,
  registryHost: string,
): Draft<Environment> {
  const inside = (ground as Noted<Draft<Ground>>).value as object;
  const identities = services
    .filter((service) => service.workloadIdentity !== null)
    .map((service) =>
      derived(
        {
          service: service.name,
          name: `${name}-${service.name}`,
          subject: `system:serviceaccount:${namespace}:${service.serviceAccount}`,
        },
        ['services', service.name],
      ),
    );
  const fromServices: Draft<Omit<Environment, keyof Ground>> = {
    podSecurity: derived(
      podSecurityOf(services),
      ...services.map((service): Path => ['services', service.name, 'security']),
    ),
    nodesNeeded: Object.fromEntries(
      Object.values(cluster.pools).map((pool) => [
        pool.name,
        derived(nodesNeededOf(pool, services), ['environments', name, 'cluster', 'nodePools', pool.name, 'nodes']),
      ]),
    ),
    services: services.map((service) => service.name),
    delivery: {
      argocdNamespace: delivery.argocdNamespace ?? defaults.DELIVERY.argocdNamespace,
      project: `${name}-services`,
      rootProject: `${name}-root`,
      rootApplication: `${name}-root`,
      manifestsApplication: `${name}-root-manifests`,
      imageUpdater: name,
      repository: gitops,
      writeSecret: delivery.writeSecret ?? defaults.DELIVERY.writeSecret,
      chart: 'charts/service',
      destinationServer: 'https://kubernetes.default.svc',
      updates: services
        .filter(({ before, image }) => before === null && image.updated)
        .map((service) =>
          derived(
            {
              service: service.name,
              application: service.application,
              image: `${registryHost}/${service.image.name}`,
              allowTags: `regexp:${imageTag.pattern}`,
              writeBackTarget: `helmvalues:/${directory}/${service.name}/image.yaml`,
            },
            ['services', service.name],
          ),
        ),
    } as Draft<Delivery>,
    identities,
  };
  return new Noted({ ...inside, ...fromServices } as Draft<Environment>, {
    from: 'configuration',
    path: ['environments', name],
  });
}
