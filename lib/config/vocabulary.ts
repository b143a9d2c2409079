import { z } from 'zod';
import type { RuleId } from './rule-ids.ts';

/**
 * The words that configuration values are made of: each with the real limit of who reads it in the end. The message of each
 * schema says what was expected; `findings.ts` says what was found instead.
 */

/** What a name may refer to. */
export type ReferenceTo = 'environment' | 'pool' | 'image' | 'database' | 'secret' | 'service' | 'preset';

declare const to: unique symbol;
/** Marks, for types only, a text that must be the name of something else. */
export type Refers<To extends ReferenceTo> = { readonly [to]: To };
/** A string that must be the name of something else; `types.ts` tightens it to the names that exist. */
export type Reference<To extends ReferenceTo> = string & Refers<To>;

/** A name that must exist elsewhere in the configuration; `references.ts` looks it up. */
export function reference<To extends ReferenceTo>(target: To): z.ZodType<Reference<To>, Reference<To>> {
  return z.string({ error: `the name of ${/^[aeiou]/.test(target) ? 'an' : 'a'} ${target}` }).meta({
    'x-reference': target,
  }) as unknown as z.ZodType<Reference<To>, Reference<To>>;
}

/** The message of an issue about an item that stands in a list already. */
export const REPEATED = 'each item once';

/** A string that matches, described by `expected`. */
export function text(expected: string, pattern?: RegExp, { max = 4096, min = 1 }: { max?: number; min?: number } = {}) {
  const error = expected;
  // A text that is too long is not read any further: patterns may take long over it.
  const base = z.string({ error }).min(min, { error }).max(max, { error, abort: true });
  return pattern ? base.regex(pattern, { error }) : base;
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number, unit = '') {
  const error = `a whole number from ${min} to ${max}${unit && ` ${unit}`}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  const quoted = words.map((word) => `"${word}"`);
  const error = quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
  return z.enum(words, { error });
}

/** The id of a rule; an editor knows those of `policies/`, and there may be others. */
export const ruleId = text(
  'the id of a rule, such as "services/single_replica"',
  /^[a-z][a-z0-9_]*\/[a-z][a-z0-9_]*$/,
  { max: 200 },
) as unknown as z.ZodType<RuleId | (string & {}), RuleId | (string & {})>;

/** A day by the calendar. */
export const day = text('a day such as "2027-01-31"', /^\d{4}-\d{2}-\d{2}$/).refine(isDay, {
  error: 'a day of the calendar such as "2027-01-31"',
});

function isDay(written: string): boolean {
  const time = Date.parse(`${written}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written);
}

export const flag = z.boolean({ error: 'true or false' });

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
/** DNS-1123 subdomain. @see k8s.io/apimachinery, util/validation */
const subdomain = new RegExp(`^${label}(\\.${label})*$`);

/** RFC 1123 label: namespaces, object names that become hosts. */
export const dnsLabel = text(
  'lower case letters, digits and `-`, beginning and ending with a letter or digit, at most 63 characters',
  new RegExp(`^${label}$`),
  { max: 63 },
);

/**
 * Names a service: a DNS-1035 label, as Kubernetes asks of a Service; at most 52 characters, as it asks of a CronJob, which also keeps
 * the Helm release name below its 53.
 */
export const serviceName = text(
  'a service name: lower case letters, digits and `-`, beginning with a letter, ending with a letter or digit, at most 52 characters',
  /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  { max: 52 },
);

/** Names an environment, also a folder in two repositories and part of Argo CD's names. */
export const environmentName = text(
  'an environment name: lower case letters, digits and `-`, beginning with a letter, at most 20 characters',
  /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  { max: 20 },
);

/** A folder name in the gitops and the infrastructure repository. */
export const directoryName = text(
  'a folder name: lower case letters, digits and `-`, beginning with a letter, at most 40 characters',
  /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  { max: 40 },
);

/** Key of something in the configuration that no program but ours reads. */
export const key = text(
  'a name: letters, digits, `-` and `_`, beginning with a letter, at most 40 characters',
  /^[A-Za-z][-_A-Za-z0-9]*$/,
  { max: 40 },
);

/** A fully qualified host. */
export const domain = text('a host name such as `example.org`, in lower case, at most 253 characters', subdomain, {
  max: 253,
})
  .regex(/^[^.]{1,63}(\.[^.]{1,63})+$/, { error: 'a host name of at least two labels, each at most 63 characters' })
  .regex(/[a-z]/, { error: 'a host name, and not an address' });

/** A host below an environment's domain: `api`, `a.b`, or `@` for the domain itself (as in zone files). */
export const subdomainOrApex = text(
  'labels in front of the domain of the environment such as `api`, or `@` for the domain itself',
  new RegExp(`^(@|${label}(\\.${label})*)$`),
  { max: 200 },
).regex(/^[^.]{1,63}(\.[^.]{1,63})*$/, { error: 'labels of at most 63 characters each' });

/** @see git-check-ref-format; narrower: what is safe in a workflow's branch filter, where `*`, `?`, `[`, `!` and `+` are patterns */
export const branch = text(
  'a branch name: letters, digits, `.`, `_`, `-` and `/`, without `..`, `//` or a leading or trailing `/`, `.` or `-`',
  /^[A-Za-z0-9_]+([./-]+[A-Za-z0-9_]+)*$/,
  { max: 100 },
).refine((name) => !/\.\.|\/\/|\/\.|\.\/|\.lock(\/|$)/.test(name), {
  error: 'a branch name without `..`, `//`, `/.` and not ending in `.lock`',
});

/** @see GitHub documentation: repository names */
export const repositoryName = text(
  'a repository name: letters, digits, `.`, `_` and `-`, at most 100 characters',
  /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/,
  { max: 100 },
).refine((name) => !/(\.git|\.)$/i.test(name), { error: 'a repository name that does not end in `.` or `.git`' });

/** @see GitHub documentation: user and organisation names */
export const githubOwner = text('a GitHub organisation or user', /^[A-Za-z0-9]([A-Za-z0-9]|-(?=[A-Za-z0-9]))*$/, {
  max: 39,
});

/** @see GitHub documentation: names of secrets */
export const githubSecret = text(
  'a name of a GitHub secret: upper case letters, digits and `_`, not beginning with a digit or `GITHUB_`',
  /^[A-Z_][A-Z0-9_]*$/,
  { max: 100 },
).refine((name) => !name.startsWith('GITHUB_'), {
  error: 'a name of a GitHub secret that does not begin with `GITHUB_`',
});

/** One component of a repository in a registry. @see distribution/reference */
export const imageName = text(
  'an image name: lower case letters and digits, parted by `-`, `_`, `.` or `/`, at most 128 characters',
  /^[a-z0-9]+((\.|_|__|-+|\/)[a-z0-9]+)*$/,
  { max: 128 },
);

/** `host[:port]/path` of an image from elsewhere, without a tag. */
export const imageRepository = text(
  'an image with its registry, without tag, such as `docker.io/library/redis`',
  /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]{1,5})?(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)+$/,
  { max: 255 },
);

/** @see distribution/reference: a tag has at most 128 characters */
export const imageTag = text(
  'an image tag: letters, digits, `_`, `.` and `-`, not beginning with `.` or `-`, at most 128 characters',
  /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/,
  { max: 128 },
);

/** Emitted names of variables: what every shell and every kubelet accepts. */
export const variableName = text(
  'a name of a variable: letters, digits and `_`, not beginning with a digit',
  /^[A-Za-z_][A-Za-z0-9_]*$/,
  { max: 253 },
);

/** @see k8s.io/apimachinery: IsConfigMapKey */
export const fileName = text(
  'a file name: letters, digits, `.`, `_` and `-`, at most 253 characters',
  /^[-._A-Za-z0-9]+$/,
  {
    max: 253,
  },
).refine((name) => name !== '.' && !name.startsWith('..'), {
  error: 'a file name that is not `.` and does not begin with `..`',
});

/** @see k8s.io/apimachinery: IsValidPortName */
export const portName = text(
  'a port name: lower case letters, digits and `-`, with a letter, at most 15 characters',
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  { max: 15 },
).refine((name) => /[a-z]/.test(name), { error: 'a port name with at least one letter' });

export const port = whole(1, 65535);

export const absolutePath = text('an absolute path without `..`, such as `/var/cache`', /^\/[^\0:]*$/).refine(
  (path) => !path.split('/').includes('..'),
  { error: 'an absolute path without `..`' },
);

export const urlPath = text('a path that begins with `/`', /^\/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*$/, { max: 1024 });

/** What the kubelet asks a container for: a query may follow the path. */
export const probePath = text(
  'a path that begins with `/`, such as "/health"',
  /^\/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*$/,
  { max: 1024 },
);

/** Any text that YAML, Kubernetes and a person can hold: no NUL, which no process gets as a variable or an argument. */
export const anyText = z
  .string({ error: 'a text' })
  .max(100_000, { error: 'a text of at most 100000 characters' })
  .refine((value) => !value.includes('\0'), { error: 'a text without NUL characters' });

/** @see kubernetes.io, "Resource Management for Pods and Containers"; no fraction of a millicore */
export const cpu = text(
  'CPU such as "250m" (thousandths of a core) or "2"',
  /^([1-9][0-9]*m|[1-9][0-9]*|[0-9]+\.[0-9]{1,3})$/,
  {
    max: 12,
  },
).refine((value) => Number.parseFloat(value) > 0, { error: 'CPU above zero' });

/** Bytes; `m` is legal in Kubernetes and absurd, `MB` and `K` are neither. */
export const memory = text('memory such as "256Mi" or "2Gi"', /^[1-9][0-9]*(\.[0-9]+)?(Ki|Mi|Gi|Ti|k|M|G|T)?$/, {
  max: 20,
});

/** @see k8s.io/apimachinery: qualified names */
export const labelKey = text(
  'a label key, such as `team` or `example.org/team`',
  new RegExp(`^(${label}(\\.${label})*/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$`),
  { max: 317 },
);
export const labelValue = text(
  'a label value: letters, digits, `-`, `_` and `.`, at most 63 characters',
  /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  { max: 63, min: 0 },
);

/** Five fields, as Kubernetes reads them: names of months and days, lists, ranges and steps; no seconds, no `L`, `W`, `#`. */
export const cron = text('a schedule of five fields such as "30 2 * * *", or "@daily"').refine(isCron, {
  error: ({ input }) => expectedCron(String(input)),
});

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: readonly { called: string; min: number; max: number; names?: readonly string[] }[] = [
  { called: 'minute', min: 0, max: 59 },
  { called: 'hour', min: 0, max: 23 },
  { called: 'day of month', min: 1, max: 31 },
  { called: 'month', min: 1, max: 12, names: MONTHS },
  { called: 'day of week', min: 0, max: 6, names: DAYS },
];

/** What a schedule lacks: the field that is wrong, when there are as many as there must be. */
function expectedCron(schedule: string): string {
  const fields = schedule.split(' ');
  const wrong = FIELDS.find((field, index) => !isCronField(fields[index] ?? '', field));
  if (fields.length !== FIELDS.length || !wrong)
    return `a schedule of five fields such as "30 2 * * *": ${FIELDS.map(({ called }) => called).join(', ')}`;
  return `${wrong.called === 'hour' ? 'an' : 'a'} ${wrong.called} from ${wrong.min} to ${wrong.max} where \`${fields[FIELDS.indexOf(wrong)]}\` stands`;
}

/** Whether Kubernetes' cron reader (robfig/cron, standard form) takes it. */
export function isCron(schedule: string): boolean {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule)) return true;
  const fields = schedule.split(' ');
  return fields.length === 5 && FIELDS.every((field, index) => isCronField(fields[index] ?? '', field));
}

function isCronField(field: string, { min, max, names }: (typeof FIELDS)[number]): boolean {
  const number = (word: string) => {
    const named = names?.indexOf(word.toLowerCase()) ?? -1;
    if (named >= 0) return named + min;
    return /^[0-9]{1,2}$/.test(word) ? Number(word) : Number.NaN;
  };
  return field.split(',').every((part) => {
    const [, range = '', step] = /^([^/]+)(?:\/([0-9]{1,2}))?$/.exec(part) ?? [];
    if (step !== undefined && Number(step) < 1) return false;
    if (range === '*' || range === '?') return true;
    const [from = Number.NaN, to = from, more] = range.split('-').map(number);
    return more === undefined && min <= from && from <= to && to <= max;
  });
}

/** An IANA time zone. The list is this runtime's; the pattern keeps out abbreviations that only some know. */
export const timeZone = text(
  'an IANA time zone such as "Europe/Berlin" or "Etc/UTC"',
  /^[A-Za-z]+(\/[A-Za-z0-9_+-]+)+$/,
  {
    max: 60,
  },
).refine(isTimeZone, { error: 'an IANA time zone such as "Europe/Berlin" or "Etc/UTC"' });

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

export const weekday = oneOf(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']);

/** A clock without summer time. */
export const utcOffset = text(
  'an offset from UTC such as "+00:00" or "-03:30", from "-12:00" to "+14:00"',
  /^(\+(0[0-9]|1[0-3]):[0-5][0-9]|\+14:00|-(0[0-9]|1[01]):[0-5][0-9]|-12:00)$/,
);

export const uuid = text(
  'an id such as "00000000-0000-0000-0000-000000000000", in lower case',
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
);

/** @see Azure, "Naming rules and restrictions for Azure resources"; the module of resource groups asks for two characters at least */
export const resourceGroup = text(
  'a resource group: letters, digits, `-`, `_` and `.`, not ending in `.`, 2 to 90 characters',
  /^[A-Za-z0-9_-]([A-Za-z0-9._-]*[A-Za-z0-9_-])?$/,
  { min: 2, max: 90 },
);
export const virtualNetwork = text(
  'a virtual network: letters, digits, `-`, `_` and `.`, beginning with a letter or digit, ending with one or `_`, 2 to 64 characters',
  /^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9_]$/,
  { min: 2, max: 64 },
);
export const location = text('an Azure region such as "westeurope"', /^[a-z][a-z0-9]*$/, { max: 40 });
export const clusterName = text(
  'a cluster name: letters, digits, `-` and `_`, beginning and ending with a letter or digit, at most 63 characters',
  /^[A-Za-z0-9]([-_A-Za-z0-9]*[A-Za-z0-9])?$/,
  { max: 63 },
);
/** Linux pools; Windows pools have at most 6 characters and are not offered. */
export const azurePoolName = text(
  'a node pool name as AKS allows it: lower case letters and digits, beginning with a letter, at most 12 characters',
  /^[a-z][a-z0-9]{0,11}$/,
);
export const registryName = text('a registry name: 5 to 50 letters and digits', /^[a-z0-9]+$/, { min: 5, max: 50 });
export const storageAccount = text('a storage account: 3 to 24 lower case letters and digits', /^[a-z0-9]+$/, {
  min: 3,
  max: 24,
});
export const databaseServer = text(
  'a database server: lower case letters, digits and `-`, 3 to 63 characters, not beginning or ending with `-`',
  /^[a-z0-9][-a-z0-9]*[a-z0-9]$/,
  { min: 3, max: 63 },
);
export const databaseName = text(
  'a database name: letters, digits and `_`, beginning with a letter, at most 63 characters',
  /^[A-Za-z][A-Za-z0-9_]*$/,
  { max: 63 },
);
/** @see Azure Database for PostgreSQL: names that an administrator may not have */
export const databaseUser = text(
  'a user: lower case letters, digits and `_`, beginning with a letter, at most 63 characters, none that PostgreSQL or Azure keeps for itself',
  /^(?!(?:admin|administrator|azure_pg_admin|azure_superuser|guest|public|root)$|pg_)[a-z][a-z0-9_]*$/,
  { max: 63 },
);
export const vmSize = text('a machine size such as "Standard_D4s_v5"', /^Standard_[A-Za-z0-9_-]+$/, { max: 60 });
/** Minor versions: AKS picks the patch. From 1.30 on: the chart asks for it, its `kubeVersion` says why (lib/chart/Chart.yaml). */
export const kubernetesVersion = text('a minor version from "1.30" on, such as "1.36"', /^1\.[3-9][0-9]$/);
export const resourceId = text(
  'an Azure resource id, beginning with `/subscriptions/`',
  /^\/subscriptions\/[A-Za-z0-9-]+(\/[A-Za-z0-9._()-]+)+$/,
  { max: 1000 },
);
/** An Azure tag: neither `<>%&\?/` in names nor more than 256 characters in values; and nothing that HCL would interpolate. */
export const azureTagName = text('a tag name without `<>%&\\?/`', /^[^<>%&\\?/\p{Cc}]+$/u, { max: 128 });
export const azureTagValue = text('a tag value of at most 256 characters', /^[^\p{Cc}]*$/u, {
  max: 256,
  min: 0,
}).refine((value) => !/[$%]\{/.test(value), {
  error: 'a tag value without `${` or `%{`, which Terraform would read as code',
});

/** @returns the range as numbers, or `undefined` for text that is no IPv4 range or whose address has host bits */
export function parseCidr(cidr: string): { first: number; last: number; prefix: number } | undefined {
  const [, a, b, c, d, length] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr) ?? [];
  const bytes = [a, b, c, d].map(Number);
  const prefix = Number(length);
  if (length === undefined || prefix > 32 || bytes.some((byte) => byte > 255)) return undefined;
  const first = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

export const cidr = text('a range such as "10.20.0.0/16", whose address is the first of the range').refine(
  (value) => parseCidr(value) !== undefined,
  { error: 'a range such as "10.20.0.0/16", whose address is the first of the range' },
);

/** Kubernetes objects that become no host. */
export const objectName = text('a name: lower case letters, digits, `-` and `.`, at most 253 characters', subdomain, {
  max: 253,
});

/** @see Azure, "Naming rules": the prefix of a cluster's address */
export const dnsPrefix = text(
  'a prefix: letters, digits and `-`, beginning and ending with a letter or digit, at most 54 characters',
  /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?$/,
  { max: 54 },
);

export const storageContainer = text(
  'a container: lower case letters, digits and single `-`, 3 to 63 characters',
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  { min: 3, max: 63 },
);

/**
 * Paths whose change begins no workflow, with `*` and `**`. GitHub's patterns can do more, and what they cannot read stops a workflow from
 * ever running: `?` and `+` repeat, `[` needs its end, `!` takes back.
 *
 * @see GitHub documentation: filter pattern cheat sheet
 */
export const pathPattern = text(
  'a pattern of paths such as "docs/**" or "**.md": letters, digits, `.`, `_`, `-`, `@`, `/`, single spaces, `*` and `**`',
  /^(\.?[\p{L}\p{N}_*@-][\p{L}\p{N}._*@-]*([/ ]\.?[\p{L}\p{N}_*@-][\p{L}\p{N}._*@-]*)*)$/u,
  { max: 200 },
);

/** A path inside a repository: in a workflow it is data for an action, never part of a script. */
export const repositoryPath = text(
  'a path inside the repository such as `.` or `jobs/Dockerfile`, without `..`',
  /^(\.|[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*)$/,
  { max: 200 },
).refine((path) => !path.split('/').includes('..'), { error: 'a path without `..`' });

/**
 * What kubeseal makes: base64 of a length, an RSA-encrypted session key of that length and a sealed text with its 16-byte tag.
 *
 * @see github.com/bitnami-labs/sealed-secrets, pkg/crypto
 */
export const ciphertext = text(
  'a value as kubeseal makes it, beginning with `Ag` in most cases',
  /^[A-Za-z0-9+/]+={0,2}$/,
  {
    max: 1_500_000,
  },
).refine(isSealed, { error: 'a value as kubeseal makes it: this text is too short or not in its form' });

function isSealed(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 2 || bytes.toString('base64') !== base64) return false;
  const keyLength = bytes.readUInt16BE(0);
  return (keyLength === 256 || keyLength === 512) && bytes.length >= 2 + keyLength + 16;
}

/** Plain data as a configuration may write it. */
export type JsonInput = null | boolean | number | string | readonly JsonInput[] | { readonly [key: string]: JsonInput };
