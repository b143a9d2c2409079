import fc from 'fast-check';
import type { z } from 'zod';
import * as v from '../../lib/config/vocabulary.ts';
import { nastyStrings } from '../print/nasty.ts';
import { unicodeText } from '../print/unicode-text.ts';

/**
 * Texts that a configuration may hold. What is not said here comes from the schema's own pattern; here stands what a pattern cannot make
 * (look-aheads, lists of names) or seldom makes well: names as long as they may be, quantities that fit together, hostile texts.
 */

/** Ranges, each with as much to it as the one before: which one is drawn tells how large a network is made. */
export const ranges = ['203.0.113.0/24', '198.51.100.0/25', '192.0.2.7/32', '0.0.0.0/0', '10.0.0.0/8'];

const LOWER = [...'abcdefghijklmnopqrstuvwxyz'];
const DIGITS = [...'0123456789'];

/** A name out of these characters: short in most cases, and at times as long as it may be. */
function name(first: readonly string[], middle: readonly string[], last: readonly string[], max: number) {
  const word = (most: number) =>
    fc
      .tuple(
        fc.constantFrom(...first),
        fc.string({ unit: fc.constantFrom(...middle), maxLength: Math.max(0, most - 2), size: 'max' }),
        fc.option(fc.constantFrom(...last), { nil: '' }),
      )
      .map(([head, body, tail]) => {
        const text = `${head}${body}${tail}`;
        return last.includes(text.at(-1) ?? '') ? text : `${text}${last[0]}`.slice(-most);
      })
      .filter((text) => text.length <= most && first.includes(text[0] ?? ''));
  return fc.oneof({ weight: 7, arbitrary: word(Math.min(8, max)) }, { weight: 1, arbitrary: word(max) });
}

const ALPHANUMERIC = [...LOWER, ...DIGITS];
const DASHED = [...ALPHANUMERIC, '-', '-'];
const MIXED = [...LOWER, 'A', 'Z', ...DIGITS];

/** Names that every object of JavaScript has, and what YAML reads as something else. */
const awkward = ['constructor', 'valueof', 'on', 'no', 'y', 'null', 'true', 'e1', 'n'];

const label = (max: number) =>
  fc.oneof(
    { weight: 6, arbitrary: name(LOWER, DASHED, ALPHANUMERIC, max) },
    { weight: 1, arbitrary: fc.constantFrom(...awkward) },
  );

const plainText = fc.oneof(
  fc.constantFrom('fast', 'https://example.org/a?b=c&d=%20', 'two words', '10', 'info'),
  fc.string({ maxLength: 12 }),
);

/** Any text without NUL and without halves of characters, hostile ones well represented. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: plainText },
  { weight: 3, arbitrary: fc.constantFrom(...nastyStrings.filter((text) => !text.includes('\0'))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '${{ github.token }}',
      '{{ .Values.image }}',
      '${file("/etc/passwd")}',
      '%{ for a in b }',
      '$(PASSWORD)',
      '$$(A)',
      '`id`',
      '\u202Eevil',
      '🙂 ≠ ☹',
      '</script>',
      "'; DROP TABLE x; --",
    ),
  },
  { weight: 1, arbitrary: unicodeText(40).map((text) => text.replaceAll('\0', '')) },
  { weight: 1, arbitrary: fc.integer({ min: 80, max: 3000 }).map((length) => 'long '.repeat(length / 5)) },
);

const printable = (max: number) =>
  fc.oneof(
    fc.constantFrom('Live', 'for people', 'Ünïcode – ☂', 'no', '007', '#1: "quoted"', "it's", '{a}', '[b]', '%'),
    fc.string({ maxLength: Math.min(max, 20) }).map((text) => text.replaceAll(/\p{Cc}/gu, '')),
  );

const uuid = fc
  .integer({ min: 0, max: 0xffff })
  .map((number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);

/** By the schema that judges it. */
const byHand: ReadonlyMap<unknown, fc.Arbitrary<unknown>> = new Map<unknown, fc.Arbitrary<unknown>>([
  [v.anyText, anyText],
  [v.dnsLabel, label(63)],
  [v.serviceName, label(52)],
  [v.environmentName, label(20)],
  [v.directoryName, label(40)],
  [v.key, name(MIXED.slice(0, 28), [...MIXED, '-', '_'], MIXED, 40)],
  [v.objectName, label(80)],
  [
    v.domain,
    fc
      .tuple(label(63), fc.constantFrom('acme', 'shop', 'a-b'), fc.constantFrom('example', 'test', 'co.example'))
      .map((labels) => labels.join('.')),
  ],
  [
    v.subdomainOrApex,
    fc.oneof(
      { weight: 4, arbitrary: label(63) },
      { weight: 1, arbitrary: fc.constant('@') },
      { weight: 1, arbitrary: fc.tuple(label(20), label(20)).map((labels) => labels.join('.')) },
    ),
  ],
  [
    v.branch,
    fc.constantFrom('main', 'live', 'release/1.x', 'a_b', '_x', 'feature-a/b.c', '7', 'x'.repeat(100), 'on', 'main-1'),
  ],
  [v.githubOwner, name(MIXED, MIXED, MIXED, 39)],
  [v.githubSecret, fc.constantFrom('REGISTRY', 'ACR_LOGIN_SERVER', '_A1', `R${'_X'.repeat(49)}`)],
  [v.imageName, fc.oneof(label(60), fc.constantFrom('a/b', 'a__b', 'a--b', 'a.b/c-d', '0'))],
  [
    v.imageRepository,
    fc.constantFrom('docker.io/library/redis', 'ghcr.io/acme/tool', 'localhost:5000/a/b', 'quay.io/x/y__z'),
  ],
  [v.imageTag, fc.constantFrom('7.4.1', 'v1', '1', '1e3', '0777', 'on', '2001-01-01', `1${'x'.repeat(127)}`)],
  [
    v.variableName,
    fc.oneof(
      {
        weight: 6,
        arbitrary: name([...'ABCDEFXYZ_'], [...'ABCDEFGHIJXYZ_0123456789'], [...'ABCDEFXYZ0'], 60),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom('DATABASE_PASSWORD', 'API_KEY', 'SESSION_SECRET', 'PATH', '__proto', 'y'),
      },
    ),
  ],
  [v.fileName, fc.constantFrom('app.conf', 'a', '-x', '.hidden', 'on', '1e3', 'y', 'A_b-c.JSON', 'x'.repeat(200))],
  [v.portName, fc.constantFrom('http', 'metrics', 'grpc', 'https-admin', 'a', '0a', 'x-1-y', 'abcdefghijklmno', 'on')],
  [
    v.absolutePath,
    fc.oneof(
      label(20).map((part) => `/${part}`),
      fc.constantFrom('/var/cache/x', '/a b', '/é', '/data/', '/1e3'),
    ),
  ],
  [v.probePath, fc.constantFrom('/health', '/', '/ready?full=1&x', '/%20')],
  [v.urlPath, fc.constantFrom('/', '/health', '/a/b', '/%20', "/~a!$&'()*+,;=:@", '/x'.repeat(100))],
  [v.cpu, fc.constantFrom('100m', '1m', '250m', '0.5', '1', '1.5', '0.001', '500m', '1000m')],
  [v.memory, fc.constantFrom('64Mi', '128Mi', '1Gi', '512Mi', '1000000', '100M', '1.5Gi', '262144Ki')],
  [v.labelKey, fc.oneof(label(63), fc.constantFrom('example.org/team', 'a.b.c/X_y.z', 'Team', '1e3', 'on'))],
  [v.labelValue, fc.constantFrom('', 'a', 'core', 'on', '1e3', '0777', 'A_b-C.d', 'x'.repeat(63))],
  [
    v.cron,
    fc.constantFrom('30 2 * * *', '@daily', '*/5 * * * *', '0 0 1 jan mon', '0-59/7 1,2,3 1-7 * SUN', '59 23 31 12 6'),
  ],
  [v.timeZone, fc.constantFrom('Etc/UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata')],
  [v.cidr, fc.constantFrom(...ranges)],
  [v.ciphertext, fc.constant('')],
  [v.uuid, uuid],
  [v.resourceGroup, name([...MIXED, '_'], [...MIXED, '-', '_', '.'], MIXED, 90).map((text) => text.padEnd(2, 'g'))],
  [v.virtualNetwork, name(MIXED, [...MIXED, '-', '_', '.'], MIXED, 64).map((text) => text.padEnd(2, '0'))],
  [v.clusterName, name(MIXED, [...MIXED, '-', '_'], MIXED, 63)],
  [v.azurePoolName, name(LOWER, ALPHANUMERIC, ALPHANUMERIC, 12)],
  [v.registryName, name(ALPHANUMERIC, ALPHANUMERIC, ALPHANUMERIC, 50).map((text) => text.padEnd(5, 'r'))],
  [v.storageAccount, name(ALPHANUMERIC, ALPHANUMERIC, ALPHANUMERIC, 24).map((text) => text.padEnd(3, 's'))],
  [v.storageContainer, name(ALPHANUMERIC, ALPHANUMERIC, ALPHANUMERIC, 63).map((text) => text.padEnd(3, 'c'))],
  [v.databaseServer, name(ALPHANUMERIC, DASHED, ALPHANUMERIC, 60).map((text) => text.padEnd(3, 'd'))],
  [v.databaseName, name(LOWER, [...MIXED, '_'], MIXED, 63)],
  [v.databaseUser, fc.constantFrom('app', 'a', 'app_1', 'x'.repeat(63), 'on')],
  [
    v.vmSize,
    fc.constantFrom('Standard_D4s_v5', 'Standard_D2s_v5', 'Standard_E8ds_v5', 'Standard_D16s_v5', 'Standard_M416ms_v2'),
  ],
  [v.kubernetesVersion, fc.constantFrom('1.36', '1.35', '1.34', '1.30')],
  [
    v.resourceId,
    fc.constant(
      '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/acme.private.postgres.database.azure.com',
    ),
  ],
  [v.azureTagName, fc.constantFrom('team', 'cost centre', 'Ünï', 'a:b', 'on', '1e3')],
  [v.azureTagValue, printable(40).map((text) => text.replaceAll(/[$%]\{/g, ''))],
  [
    v.repositoryName,
    name([...MIXED, '_'], [...MIXED, '-', '_', '.'], MIXED, 100).filter((text) => !/\.git$/i.test(text)),
  ],
  [v.dnsPrefix, name(MIXED, [...MIXED, '-'], MIXED, 54)],
  [v.location, fc.constantFrom('westeurope', 'northeurope', 'eastus2')],
  [v.pathPattern, fc.constantFrom('**.md', 'docs/**', 'a b/c', '.github/*', '*', 'ünï/x_y-z@1', 'on')],
  [v.repositoryPath, fc.constantFrom('.', 'jobs/Dockerfile', 'a-b_c.d', '.x', `d/${'x'.repeat(150)}`)],
]);

/** A text that this schema accepts. */
export function textOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const known = byHand.get(schema);
  if (known) return known;
  const { checks = [] } = schema.def as { checks?: { _zod: { def: Check } }[] };
  const defs = checks.map((check) => check._zod.def);
  const pattern = defs.find((check) => check.pattern)?.pattern;
  const accepted = (text: unknown) => schema.safeParse(text).success;
  const minLength = defs.find((check) => check.minimum !== undefined)?.minimum ?? 0;
  const maxLength = defs.find((check) => check.maximum !== undefined)?.maximum ?? 100;
  const made = pattern && !/\(\?[!=<]/.test(pattern.source) ? fc.stringMatching(pattern) : printable(maxLength);
  return fc
    .oneof(made, fc.constant('x'.repeat(Math.min(maxLength, 200))))
    .filter((text) => text.length >= minLength && accepted(text));
}

type Check = Readonly<{ pattern?: RegExp; minimum?: number; maximum?: number }>;
