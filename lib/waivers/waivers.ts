import type { PlatformInput, WaiverInput } from '../config/schema.ts';
import type { Path } from '../finding/finding.ts';
import { dotted } from '../finding/words.ts';
import type { JudgedFinding } from '../judge/judge.ts';
import { tooWide, type Unplaced, undated, unknownRule, unusedWaiver, waiverExpired } from './findings.ts';

/** A waiver, where it is written, and whether it covers what stands at a path of the model. */
export type Waiver = WaiverInput & Readonly<{ path: Path; covers: (subject: Path) => boolean }>;

/** Every waiver of a configuration, those of the smallest parts first; in an order that is not that of keys. */
export function waiversIn(configuration: PlatformInput): Waiver[] {
  return placesIn(configuration)
    .flatMap(({ path, covers, holder }) =>
      (holder.waivers ?? []).map((waiver, index) => ({ ...waiver, path: [...path, 'waivers', index], covers })),
    )
    .sort((a, b) => b.path.length - a.path.length || (dotted(a.path) < dotted(b.path) ? -1 : 1));
}

type Place = Readonly<{
  path: Path;
  covers: Waiver['covers'];
  holder: Readonly<{ waivers?: readonly WaiverInput[] | undefined }>;
}>;

/** Where waivers may stand. A waiver covers the part that it stands in, and that of the platform what is of no service or environment. */
function placesIn(configuration: PlatformInput): Place[] {
  const services = Object.entries(configuration.services).flatMap(([name, service]): Place[] => [
    { path: ['services', name], covers: within('services', name), holder: service },
    ...Object.entries(service.in ?? {}).flatMap(([environment, layer]): Place[] =>
      layer
        ? [
            {
              path: ['services', name, 'in', environment],
              covers: within('services', name, 'environments', environment),
              holder: layer,
            },
          ]
        : [],
    ),
  ]);
  const environments = Object.entries(configuration.environments).flatMap(([name, environment]): Place[] => [
    { path: ['environments', name], covers: within('environments', name), holder: environment },
    ...Object.entries(environment.databases ?? {}).map(([database, holder]) => ({
      path: ['environments', name, 'databases', database],
      covers: within('environments', name, 'databases', database),
      holder,
    })),
    ...Object.entries(environment.cluster.nodePools).map(([pool, holder]) => ({
      path: ['environments', name, 'cluster', 'nodePools', pool],
      covers: within('environments', name, 'cluster', 'pools', pool),
      holder,
    })),
  ]);
  const ofNone = ([group = '', name]: Path) =>
    !['services', 'environments'].includes(String(group)) || name === undefined;
  return [...services, ...environments, { path: [], covers: ofNone, holder: configuration }];
}

function within(...part: Path): Waiver['covers'] {
  return (subject) => part.every((step, index) => subject[index] === step);
}

/** @param today such as `2026-11-25`; `undefined`: nobody knows, and no waiver has expired */
export function excused(
  findings: readonly JudgedFinding[],
  waivers: readonly Waiver[],
  today?: string,
): JudgedFinding[] {
  return findings.map((finding) => {
    const waiver = waivers.find((one) => !hasExpired(one, today) && excuses(one, finding));
    return waiver ? { ...finding, waived: { ...said(waiver), path: waiver.path } } : finding;
  });
}

function said({ reason, owner, until }: Waiver): Pick<Waiver, 'reason' | 'owner' | 'until'> {
  return { reason, owner, until };
}

function excuses({ rule, covers }: Waiver, { code, subject }: JudgedFinding): boolean {
  return rule === code && covers(subject);
}

/** The day itself is the last one. Days of this form are sorted as texts are. */
function hasExpired({ until }: Waiver, today: string | undefined): boolean {
  return today !== undefined && until < today;
}

export type Asked = Readonly<{
  /** the ids of all rules */
  known: readonly string[];
  /** those that were judged: of others nobody knows whether they found anything */
  judged: readonly string[];
  /** what they found, excused or not */
  findings: readonly JudgedFinding[];
  today?: string | undefined;
}>;

/** What is wrong with waivers, and with what a configuration says of rules. */
export function waiverFindings(
  configuration: PlatformInput,
  waivers: readonly Waiver[],
  { known, judged, findings, today }: Asked,
): Unplaced[] {
  const severities = Object.keys(configuration.rules?.severity ?? {});
  return [
    ...severities.filter((id) => !known.includes(id)).map((id) => unknownRule(id, ['rules', 'severity', id], known)),
    ...waivers.flatMap((waiver): Unplaced[] => {
      const { rule, path } = waiver;
      if (!known.includes(rule)) return [unknownRule(rule, [...path, 'rule'], known)];
      if (hasExpired(waiver, today)) return [waiverExpired(waiver, today ?? '')];
      if (!judged.includes(rule)) return [];
      const subjects = findings.filter((finding) => excuses(waiver, finding)).map(({ subject }) => subject);
      if (subjects.length === 0) return [unusedWaiver(waiver)];
      const narrower = narrowerThan(waiver, subjects, configuration);
      return narrower ? [tooWide(waiver, narrower)] : [];
    }),
    ...(waivers.length > 0 && today === undefined ? [undated(waivers[0]?.path ?? [])] : []),
  ];
}

/** The part of an environment that has all that the environment's waiver excuses. Of a service, only what it says for one environment. */
function narrowerThan({ path }: Waiver, subjects: readonly Path[], configuration: PlatformInput): Path | undefined {
  const around = path.slice(0, -2);
  const places = placesIn(configuration).filter(
    (place) => place.path.length > around.length && around.every((step, index) => place.path[index] === step),
  );
  const inside = around[0] === 'environments' ? places : [];
  return inside.find(({ covers }) => subjects.every(covers))?.path;
}
