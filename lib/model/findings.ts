import type { Finding, Path } from '../finding/finding.ts';
import { nearest } from '../finding/nearest.ts';
import { either, subjectOf } from '../finding/words.ts';

/** A finding that still has only paths: the stage's caller adds where they stand. */
export type ModelFinding = Omit<Finding, 'place' | 'via' | 'other'> &
  Readonly<{
    path: Path;
    otherPath?: Path;
    /** it is the key at `path` that is wrong, and not its value */
    part?: 'key';
  }>;

type Of = Readonly<{ path: Path }>;

export function noImage({ path, service, environment }: Of & { service: string; environment: string }): ModelFinding {
  // A path inside of the service is that of the `null` that took the image away.
  const where = path.includes('in') ? ` in \`${environment}\`` : '';
  return {
    code: 'model/no-image',
    severity: 'error',
    message: `service \`${service}\` has no image${where}`,
    expected: 'the name of an image that a source builds, or `{ repository, tag }` of one from elsewhere',
    help: 'add `image` to the service or to its preset',
    path,
  };
}

export function noSchedule({ path, service }: Of & { service: string }): ModelFinding {
  return {
    code: 'model/no-schedule',
    severity: 'error',
    message: `service \`${service}\` is a scheduled job and does not say when it runs`,
    expected: '`schedule: { cron: "30 2 * * *", timeZone: "Europe/Berlin" }`',
    help: `add \`${path.at(-1) === 'schedule' ? 'cron' : 'schedule'}\` to ${subjectOf(path)}`,
    path,
  };
}

/** A service says something that its kind has no use for. */
export function notForKind({
  path,
  field,
  kind,
  service,
}: Of & { field: string; kind: string; service: string }): ModelFinding {
  return {
    code: 'model/not-for-kind',
    severity: 'error',
    message: `${subjectOf(path)} is not for the kind \`${kind}\`${path[0] === 'presets' ? `, such as service \`${service}\`` : ''}`,
    help: `take \`${field}\` away, or change the \`kind\` of the service`,
    path,
    part: 'key',
  };
}

const KINDS: Readonly<Record<string, string>> = {
  deployment: 'deployment',
  scheduledJob: 'scheduled job',
  releaseJob: 'release job',
};

export function notInEnvironment({
  path,
  what,
  name,
  environment,
  known,
}: Of & { what: string; name: string; environment: string; known: readonly string[] }): ModelFinding {
  return {
    code: `model/unknown-${what.replaceAll(' ', '-')}`,
    severity: 'error',
    message: `${subjectOf(path)} names the ${what} \`${name}\`, which \`${environment}\` does not have`,
    expected: known.length === 0 ? `a ${what} of \`${environment}\`, and there is none` : either(known),
    help:
      what === 'service'
        ? `say it for the other environments only, or let \`${name}\` be in \`${environment}\``
        : `say it for the other environments only, or add \`${name}\` to \`${environment}\``,
    path,
  };
}

export function notADeployment({
  path,
  name,
  kind,
  known,
}: Of & { name: string; kind: string | undefined; known: readonly string[] }): ModelFinding {
  return {
    code: 'model/not-a-deployment',
    severity: 'error',
    message: `${subjectOf(path)} names ${kind === undefined ? 'the job itself' : `\`${name}\`, which is a ${KINDS[kind] ?? kind}`}`,
    expected: known.length === 0 ? 'a deployment, and there is none' : either(known),
    help: 'name a deployment, or take `before` away: the job is then released by itself',
    path,
  };
}

/** A job that is part of a service's release runs its image, from one file: the tags of two could differ. */
export function otherImage({
  path,
  otherPath,
  job,
  service,
  image,
}: Of & { otherPath: Path; job: string; service: string; image: string }): ModelFinding {
  return {
    code: 'model/other-image',
    severity: 'error',
    message: `service \`${job}\` comes before \`${service}\` and runs another image`,
    expected: `no \`image\`: it is that of \`${service}\`, \`${image}\``,
    help: `take \`image\` away, or take \`before\` away: the job is then released by itself`,
    path,
    otherPath,
  };
}

export function unknownPort({
  path,
  name,
  service,
  known,
}: Of & { name: string; service: string; known: readonly string[] }): ModelFinding {
  const [near] = nearest(name, known);
  const add = `add \`${name}\` to \`ports\` of \`${service}\``;
  return {
    code: 'model/unknown-port',
    severity: 'error',
    message: `${subjectOf(path)} names the port \`${name}\`, which service \`${service}\` does not have`,
    expected: known.length === 0 ? 'a port, and the service has none' : either(known),
    help: near === undefined ? add : `write \`${near}\`, or ${add}`,
    path,
  };
}

export function whichPort({ path, service, known }: Of & { service: string; known: readonly string[] }): ModelFinding {
  const [first] = known;
  return {
    code: 'model/which-port',
    severity: 'error',
    message:
      first === undefined
        ? `${subjectOf(path)} needs a port, and service \`${service}\` has none`
        : `${subjectOf(path)} needs a port, and service \`${service}\` has several, none of them named \`http\``,
    expected: first === undefined ? 'for instance `ports: { http: 8080 }`' : `\`port\`: ${either(known)}`,
    help: first === undefined ? `add \`ports\` to \`${service}\`` : `add \`port: '${first}'\`, or call a port \`http\``,
    path,
  };
}

/** Traffic of HTTP, and a check whether somebody listens, is TCP. */
export function notTcp({
  path,
  name,
  service,
  known,
}: Of & { name: string | undefined; service: string; known: readonly string[] }): ModelFinding {
  return {
    code: 'model/not-tcp',
    severity: 'error',
    message:
      name === undefined
        ? `${subjectOf(path)} needs a TCP port, and service \`${service}\` has none`
        : `${subjectOf(path)} needs a TCP port, and \`${name}\` of service \`${service}\` is UDP`,
    expected: known.length === 0 ? 'a TCP port, and the service has none' : either(known),
    path,
  };
}

/** Nobody calls a job: there is no Service in front of it. */
export function noAddress({ path, service, kind }: Of & { service: string; kind: string }): ModelFinding {
  return {
    code: 'model/no-address',
    severity: 'error',
    message: `${subjectOf(path)} asks for an address of \`${service}\`, which is a ${KINDS[kind] ?? kind}`,
    expected: 'a deployment: nothing listens in a job',
    path,
  };
}

export function noLogin({ path, database, environment }: Of & { database: string; environment: string }): ModelFinding {
  return {
    code: 'model/no-login',
    severity: 'error',
    message: `${subjectOf(path)} asks for the user of the database \`${database}\`, which has no \`login\` in \`${environment}\``,
    help: `add \`login: { user: "…" }\` to \`${database}\`; without it only Entra ID lets anyone in`,
    path,
  };
}

export function whichDatabase({
  path,
  database,
  of,
  known,
}: Of & { database: string; of: string | undefined; known: readonly string[] }): ModelFinding {
  const several = `asks for the name of the database \`${database}\`, whose server has several`;
  return {
    code: 'model/which-database',
    severity: 'error',
    message: `${subjectOf(path)} ${of === undefined ? several : `names \`${of}\`, which is not on the server of \`${database}\``}`,
    expected: `\`of\` with ${either(known)}`,
    path,
  };
}

export function noPublicHost({
  path,
  service,
  environment,
}: Of & { service: string; environment: string }): ModelFinding {
  return {
    code: 'model/no-public-host',
    severity: 'error',
    message: `${subjectOf(path)} asks for the public address of \`${service}\`, which has no \`hosts\` in \`${environment}\``,
    help: `add \`hosts\` to \`${service}\`, or use \`url\`, its address inside the cluster`,
    path,
  };
}

/** A host with a domain at its end: each environment adds its own there. */
export function fullHost({
  path,
  service,
  host,
  domain,
  environment,
}: Of & { service: string; host: string; domain: string; environment: string }): ModelFinding {
  const which =
    host === domain ? `is the domain of \`${environment}\`` : `ends in \`${domain}\`, the domain of \`${environment}\``;
  return {
    code: 'model/full-host',
    severity: 'error',
    message: `host \`${host}\` of service \`${service}\` ${which}, which would then stand there twice`,
    expected: "what stands in front of the domain, or `'@'` for the domain itself",
    why: 'each environment adds its own domain',
    help: host === domain ? "write `'@'`" : `write \`${host.slice(0, -domain.length - 1)}\``,
    path,
    part: 'key',
  };
}

export function twoOf({
  path,
  otherPath,
  part,
  what,
  expected,
  help,
}: Of & { otherPath: Path; part?: 'key'; what: string; expected: string; help?: string }): ModelFinding {
  return {
    code: 'model/conflict',
    severity: 'error',
    message: what,
    expected,
    ...(help !== undefined && { help }),
    path,
    otherPath,
    ...(part && { part }),
  };
}

export function outOfRange({
  path,
  otherPath,
  part,
  what,
  expected,
  help,
}: Of & { otherPath?: Path; part?: 'key'; what: string; expected: string; help?: string }): ModelFinding {
  return {
    code: 'model/limits',
    severity: 'error',
    message: what,
    expected,
    ...(help !== undefined && { help }),
    path,
    ...(otherPath && { otherPath }),
    ...(part && { part }),
  };
}

export function noClientId({
  path,
  service,
  units,
}: Of & { service: string; units: readonly Readonly<{ environment: string; unit: string }>[] }): ModelFinding {
  const environments = units.map(({ environment }) => `\`${environment}\``).join(', ');
  const [first] = units;
  return {
    code: 'model/no-client-id',
    severity: 'warning',
    message: `service \`${service}\` has a workload identity without a \`clientId\` in ${environments}`,
    why: 'its pods run without the identity until there is one',
    help: `apply the unit ${first?.unit}, then write its output \`client_id\` into \`in.${first?.environment}.workloadIdentity.clientId\` of the service${units.length === 1 ? '' : `, and so for each of the ${units.length} environments`}`,
    path,
  };
}

/** Enough to see whom it is about. */
const MOST_SERVICES = 8;

/** All that is not sealed, of the whole platform: at its beginning that is much. */
export function notSealed(
  values: readonly Readonly<{ environment: string; service: string; variable: string }>[],
): ModelFinding {
  const [first] = values;
  const services = namesIn(values.map(({ service }) => service));
  const environments = namesIn(values.map(({ environment }) => environment));
  const more = services.length - MOST_SERVICES;
  const named = more > 0 ? [...services.slice(0, MOST_SERVICES), `${more} more`] : services;
  return {
    code: 'model/not-sealed',
    severity: 'warning',
    message: `${values.length === 1 ? '1 sealed value is' : `${values.length} sealed values are`} missing: of ${all(named)} in ${all(environments)}`,
    why: 'pods that want one wait, and do not start',
    help: `run \`npm run seal -- ${first?.environment} ${first?.service} ${first?.variable}\`${values.length === 1 ? '' : ', and so for each'} (the command is still to come; until then docs/configuration.md says how to seal by hand)`,
    path: ['secrets'],
    part: 'key',
  };
}

/** Each name once, as it is printed. */
function namesIn(names: readonly string[]): string[] {
  return [...new Set(names)].sort().map((name) => `\`${name}\``);
}

/** "`a`, `b` and 3 more" */
function all(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
