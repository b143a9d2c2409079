import type { Path } from '../finding/finding.ts';
import { type ModelFinding, outOfRange, twoOf } from './findings.ts';
import type { Environment, Model } from './model.ts';

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
  each(
    'the resource group',
    (environment) => `${environment.subscriptionId}/${environment.resourceGroup}`.toLowerCase(),
    ['resourceGroup'],
    (environment) => environment.resourceGroup.toLowerCase(),
  );
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
  claimOnce('the identity', identities(model, sourceOf), report);
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
  return Object.values(services).flatMap(({ name, environments }) =>
    (environments[environment]?.ingress?.hosts ?? []).flatMap(({ host, paths }, index) =>
      paths.map(({ path }) => ({
        value: `${host}${path}`,
        owner: `service \`${name}\` in \`${environment}\``,
        path: sourceOf(['services', name, 'environments', environment, 'ingress', 'hosts', index]),
        part: 'key' as const,
      })),
    ),
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
