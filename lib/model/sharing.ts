import type { Path } from '../finding/finding.ts';
import { fullHost, type ModelFinding, outOfRange, twoOf } from './findings.ts';
import type { Environment, Model, Service } from './model.ts';

type Report = (finding: ModelFinding) => void;

/** Something that belongs to one owner: who has it, and where the configuration says so. */
type Claim = Readonly<{ value: string; shown?: string; owner: string; path: Path; part?: 'key' }>;

/** Where the configuration says what stands at a path of the model. */
type SourceOf = (path: Path) => Path;

/** Folders of the repositories that are not an environment's. */
const RESERVED = ['charts', 'shared'];

/** Finds what two owners claim that only one can have: folders, tags, hosts, resources in Azure. */
export function checkSharing(model: Model, sourceOf: SourceOf, report: Report): void {
  const environments = Object.values(model.environments);
  const each = (
    what: string,
    value: (environment: Environment) => string,
    where: Path,
    shown = value,
    expected?: string,
  ) =>
    claimOnce(
      what,
      environments.map((environment) => ({
        value: value(environment),
        shown: shown(environment),
        owner: `environment \`${environment.name}\``,
        path: ['environments', environment.name, ...where],
      })),
      report,
      expected,
    );
  each('the folder', (environment) => environment.directory, ['directory']);
  each(
    'the image tags',
    ({ imageTag }) => imageTag.pattern,
    ['imageTags', 'suffix'],
    ({ imageTag }) => imageTag.seed.replace(/-0(?=(-[a-z][a-z0-9]*)?$)/, '-<number>'),
    'another `branch`, or another `imageTags.suffix`, for each environment',
  );
  each('the domain', ({ domain }) => domain, ['domain']);
  claimOnce('the resource group', resourceGroups(model), report);
  claimOnce(
    'the database server',
    environments.flatMap((environment) =>
      Object.values(environment.databases).map(({ name, server }) => ({
        value: server,
        owner: `database \`${name}\` of environment \`${environment.name}\``,
        path: ['environments', environment.name, 'databases', name, 'server'],
      })),
    ),
    report,
  );
  for (const environment of environments)
    if (RESERVED.includes(environment.directory))
      report(
        outOfRange({
          path: ['environments', environment.name, 'directory'],
          what: `environment \`${environment.name}\` wants the folder \`${environment.directory}\`, which the compiler uses itself`,
          expected: `another folder than ${RESERVED.map((name) => `\`${name}\``).join(' and ')}`,
        }),
      );
  checkTargets(model, report);
  checkRegistry(model, report);
  // In another environment, it is the domain that is wrong, or the host is another's.
  for (const { name } of environments) claimOnce('the address', addresses(model, name, sourceOf), report);
  checkHostsOfOthers(model, sourceOf, report);
  checkFullHosts(model, sourceOf, report);
  checkLongHosts(model, sourceOf, report);
  claimOnce('the identity', identities(model, sourceOf), report);
  claimOnce(
    'the name in Azure',
    pushIdentities(model),
    report,
    'a name of its own for the identity of each, in which `.` becomes `-`',
  );
  for (const environment of environments)
    claimOnce('the name in Azure', identitiesIn(environment), report, 'another name of the service, or of the cluster');
  checkNamespaces(model, sourceOf, report);
  checkApplications(model, report);
}

/** A service may be absent from an environment, whose name may be one that every object has. */
function inEnvironment({ environments }: Model['services'][string], environment: string): Service | undefined {
  return Object.hasOwn(environments, environment) ? environments[environment] : undefined;
}

/** @param expected `undefined`: something of its own for each */
function claimOnce(
  what: string,
  claims: readonly Claim[],
  report: Report,
  expected = `${what.replace(/^the /, /^the [aeiou]/.test(what) ? 'an ' : 'a ')} of its own for each`,
): void {
  const first = new Map<string, Claim>();
  for (const claim of claims) {
    const earlier = first.get(claim.value);
    if (!earlier) first.set(claim.value, claim);
    else if (earlier.owner !== claim.owner)
      report(
        twoOf({
          path: claim.path,
          otherPath: earlier.path,
          ...(claim.part && { part: claim.part }),
          what: `${earlier.owner} and ${claim.owner} both have ${what} \`${claim.shown ?? claim.value}\``,
          expected,
        }),
      );
  }
}

/** Each of these makes its group in Azure, or had it made by hand. */
function resourceGroups({ environments, registry, infrastructure }: Model): Claim[] {
  const claim = (
    owner: string,
    path: Path,
    of: Readonly<{ subscriptionId: string; resourceGroup: string }>,
  ): Claim => ({
    // Azure tells groups apart without regard to capitals.
    value: `${of.subscriptionId}/${of.resourceGroup}`.toLowerCase(),
    shown: of.resourceGroup.toLowerCase(),
    owner,
    path: [...path, 'resourceGroup'],
  });
  return [
    claim('the state of Terraform', ['infrastructure', 'state'], infrastructure.state),
    claim('the registry', ['registry'], registry),
    ...Object.values(environments).map((environment) =>
      claim(`environment \`${environment.name}\``, ['environments', environment.name], environment),
    ),
  ];
}

/** What the workflows of the sources push as: all of these lie in the registry's resource group. */
function pushIdentities({ registry }: Model): Claim[] {
  return registry.pushedBy.map(({ repository, identity }) => ({
    value: identity.toLowerCase(),
    owner: `the source \`${repository}\``,
    path: ['sources', repository],
    part: 'key',
  }));
}

/** All identities in an environment's resource group. @see lib/azure/units for those of the cluster */
function identitiesIn({ name: environment, cluster, identities }: Environment): Claim[] {
  const ofCluster = (part: string, what: string): Claim => ({
    value: `${cluster.name}-${part}`.toLowerCase(),
    owner: `${what} of \`${environment}\``,
    path: ['environments', environment, 'cluster', 'name'],
  });
  return [
    ofCluster('control-plane', 'the control plane'),
    ofCluster('kubelet', 'the nodes'),
    ...identities.map(
      ({ service, name }): Claim => ({
        value: name.toLowerCase(),
        owner: `service \`${service}\` in \`${environment}\``,
        path: ['services', service],
        part: 'key',
      }),
    ),
  ];
}

/** The services' project may do there what it wants, and the namespace takes no pods but those of the services' level. */
function checkNamespaces({ environments }: Model, sourceOf: SourceOf, report: Report): void {
  for (const { name, namespace, delivery } of Object.values(environments))
    if (namespace === delivery.argocdNamespace)
      report(
        outOfRange({
          path: sourceOf(['environments', name, 'namespace']),
          what: `environment \`${name}\` and Argo CD both have the namespace \`${namespace}\``,
          expected: 'a namespace for the services alone',
          help: `write another \`namespace\` into environment \`${name}\`, or say \`delivery.argocdNamespace\``,
        }),
      );
}

/** Argo CD knows Applications by name: a service's is none of those that the environment has itself. */
function checkApplications({ environments, services }: Model, report: Report): void {
  for (const { name, delivery, extraManifests } of Object.values(environments)) {
    const own = new Map([[delivery.rootApplication, 'makes all others']]);
    if (extraManifests.length > 0) own.set(delivery.manifestsApplication, 'applies `extraManifests`');
    for (const service of Object.values(services)) {
      const here = inEnvironment(service, name);
      const taken = here?.before === null ? own.get(here.application) : undefined;
      if (taken !== undefined)
        report(
          outOfRange({
            path: ['services', service.name],
            part: 'key',
            what: `a service cannot be called \`${service.name}\`: its Application would be the one that ${taken}`,
            expected: 'another name',
          }),
        );
    }
  }
}

/** A repository is one target: outputs of two sorts in one would be two owners of one manifest. */
function checkTargets({ gitops, infrastructure, sources }: Model, report: Report): void {
  claimOnce(
    'the repository',
    [
      { value: gitops.name.toLowerCase(), owner: '`gitops`', path: ['gitops', 'repository'] },
      { value: infrastructure.name.toLowerCase(), owner: '`infrastructure`', path: ['infrastructure', 'repository'] },
      ...Object.keys(sources).map((name) => ({
        value: name.toLowerCase(),
        owner: `the source \`${name}\``,
        path: ['sources', name],
      })),
    ],
    report,
  );
}

/** @see the registry module's preconditions: these need the Premium tier */
function checkRegistry({ registry }: Model, report: Report): void {
  if (registry.sku === 'Premium') return;
  for (const [key, asked] of [
    ['zoneRedundant', registry.zoneRedundant],
    ['retentionDays', registry.retentionDays !== null],
  ] as const)
    if (asked)
      report(
        outOfRange({
          path: ['registry', key],
          what: `\`${key}\` of the registry needs the tier Premium, and it has ${registry.sku}`,
          expected: '`sku: "Premium"`, or without this',
        }),
      );
}

/** Each host and path that the Ingresses of an environment answer. */
function addresses({ services }: Model, environment: string, sourceOf: SourceOf): Claim[] {
  return Object.values(services).flatMap((service) =>
    (inEnvironment(service, environment)?.ingress?.hosts ?? []).flatMap(({ host, paths }, index) =>
      paths.map(({ path }) => ({
        value: `${host}${path}`,
        owner: `service \`${service.name}\` in \`${environment}\``,
        path: sourceOf(['services', service.name, 'environments', environment, 'ingress', 'hosts', index]),
        part: 'key' as const,
      })),
    ),
  );
}

/** @see RFC 1035, 2.3.4; the vocabulary has the limit of a label */
const HOST_CHARACTERS = 253;

function checkLongHosts({ services, environments }: Model, sourceOf: SourceOf, report: Report): void {
  for (const { name, environments: deployed } of Object.values(services))
    for (const { environment, ingress } of Object.values(deployed))
      for (const [index, { host }] of (ingress?.hosts ?? []).entries())
        if (host.length > HOST_CHARACTERS)
          report(
            outOfRange({
              path: sourceOf(['services', name, 'environments', environment, 'ingress', 'hosts', index]),
              part: 'key',
              what: `a host of service \`${name}\` has ${host.length} characters with the domain of \`${environment}\` behind it`,
              expected: `at most ${HOST_CHARACTERS - 1 - (environments[environment]?.domain.length ?? 0)} characters in front of the domain`,
            }),
          );
}

/** A domain may lie inside another's (`staging.acme.example` in `acme.example`): its hosts are then not the outer one's to give. */
function checkHostsOfOthers({ services, environments }: Model, sourceOf: SourceOf, report: Report): void {
  for (const { name, environments: deployed } of Object.values(services))
    for (const { environment, ingress } of Object.values(deployed))
      for (const [index, { host }] of (ingress?.hosts ?? []).entries())
        for (const other of Object.values(environments)) {
          const mine = environments[environment]?.domain ?? '';
          const inside = host === other.domain || host.endsWith(`.${other.domain}`);
          if (other.name !== environment && inside && other.domain.length > mine.length)
            report(
              outOfRange({
                path: sourceOf(['services', name, 'environments', environment, 'ingress', 'hosts', index]),
                part: 'key',
                what: `service \`${name}\` in \`${environment}\` has the host \`${host}\`, which belongs to \`${other.name}\``,
                expected: `a host outside of \`${other.domain}\``,
              }),
            );
        }
}

/** A host that was written with the domain of an environment, to which its environment has added its own. */
function checkFullHosts({ services, environments }: Model, sourceOf: SourceOf, report: Report): void {
  // Of `acme.example` and `staging.acme.example`, the longer is what was meant.
  const all = Object.values(environments).sort((a, b) => b.domain.length - a.domain.length);
  for (const { name: service, environments: deployed } of Object.values(services))
    for (const { environment, ingress } of Object.values(deployed))
      for (const [index, { host: full }] of (ingress?.hosts ?? []).entries()) {
        const added = environments[environment]?.domain ?? '';
        const host = full.slice(0, -added.length - 1);
        const meant = all.find(({ domain }) => host === domain || host.endsWith(`.${domain}`));
        if (meant === undefined) continue;
        const path = sourceOf(['services', service, 'environments', environment, 'ingress', 'hosts', index]);
        report(fullHost({ path, service, host, domain: meant.domain, environment: meant.name }));
      }
}

/** An identity that pods of two services, or of two environments, act as. */
function identities({ services }: Model, sourceOf: SourceOf): Claim[] {
  return Object.values(services).flatMap(({ name, environments }) =>
    Object.values(environments).flatMap(({ environment, workloadIdentity }) =>
      // Without one, it is that of a unit of its own.
      workloadIdentity !== null && workloadIdentity.clientId !== null
        ? [
            {
              value: workloadIdentity.clientId,
              owner: `service \`${name}\` in \`${environment}\``,
              path: [...sourceOf(['services', name, 'environments', environment, 'workloadIdentity']), 'clientId'],
            },
          ]
        : [],
    ),
  );
}
