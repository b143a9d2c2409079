import type { Finding, Path } from '../finding/finding.ts';
import { either, subjectOf } from '../finding/words.ts';

/** A finding that still has only paths: the stage's caller adds where they stand. */
export type ModelFinding = Omit<Finding, 'place' | 'via' | 'other'> & Readonly<{ path: Path; otherPath?: Path }>;

type Of = Readonly<{ path: Path }>;

export function noImage({ path }: Of): ModelFinding {
  return {
    code: 'model/no-image',
    severity: 'error',
    message: `${subjectOf(path)} has no image`,
    expected: 'the name of an image that a source builds, or `{ repository, tag }` of one from elsewhere',
    help: 'add `image` to the service or to its preset',
    path,
  };
}

export function noSchedule({ path }: Of): ModelFinding {
  return {
    code: 'model/no-schedule',
    severity: 'error',
    message: `${subjectOf(path)} is a scheduled job without a schedule`,
    expected: '`schedule: { cron: "30 2 * * *", timeZone: "Europe/Berlin" }`',
    path,
  };
}

/** A service says something that its kind has no use for. */
export function notForKind({ path, field, kind }: Of & { field: string; kind: string }): ModelFinding {
  return {
    code: 'model/not-for-kind',
    severity: 'error',
    message: `${subjectOf(path)} says \`${field}\`, and a ${KINDS[kind] ?? kind} has none`,
    help: `take \`${field}\` away, or change the \`kind\` of the service`,
    path,
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
    help: `say it for the other environments only, or add \`${name}\` to \`${environment}\``,
    path,
  };
}

export function unknownPort({ path, name, known }: Of & { name: string; known: readonly string[] }): ModelFinding {
  return {
    code: 'model/unknown-port',
    severity: 'error',
    message: `${subjectOf(path)} needs the port \`${name}\`, which the service does not have`,
    expected: known.length === 0 ? 'a port, and the service has none' : either(known),
    path,
  };
}

export function whichPort({ path, known }: Of & { known: readonly string[] }): ModelFinding {
  return {
    code: 'model/which-port',
    severity: 'error',
    message:
      known.length === 0
        ? `${subjectOf(path)} needs a port, and the service has none`
        : `${subjectOf(path)} needs a port, and the service has several, none of them named \`http\``,
    expected: known.length === 0 ? 'for instance `ports: { http: 8080 }`' : `\`port\`: ${either(known)}`,
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

export function twoOf({
  path,
  otherPath,
  what,
  expected,
}: Of & { otherPath: Path; what: string; expected: string }): ModelFinding {
  return { code: 'model/conflict', severity: 'error', message: what, expected, path, otherPath };
}

export function outOfRange({
  path,
  what,
  expected,
  help,
}: Of & { what: string; expected: string; help?: string }): ModelFinding {
  return {
    code: 'model/limits',
    severity: 'error',
    message: what,
    expected,
    ...(help !== undefined && { help }),
    path,
  };
}

export function notSealed({
  path,
  service,
  values,
}: Of & { service: string; values: readonly Readonly<{ environment: string; variable: string }>[] }): ModelFinding {
  const [first] = values;
  const variables = [...new Set(values.map(({ variable }) => `\`${variable}\``))];
  const environments = [...new Set(values.map(({ environment }) => `\`${environment}\``))];
  const command = `\`npm run seal -- ${first?.environment} ${service} ${first?.variable}\``;
  return {
    code: 'model/not-sealed',
    severity: 'warning',
    message: `service \`${service}\` has sealed variables without a value: ${variables.join(', ')} in ${environments.join(', ')}`,
    why: 'its pods wait until there is one',
    help: `${values.length === 1 ? `run ${command}` : `run ${command}, and so for each of the ${values.length} values`} (the command is still to come)`,
    path,
  };
}
