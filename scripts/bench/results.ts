import type { Usage } from './process.ts';
import type { StageReport } from './stages.ts';
import { type Exponent, growthExponent, type Spread, spread } from './statistics.ts';

/** Repetitions of one measurement. */
export type Samples = Readonly<{ runs: number; wall: Spread; cpu: Spread; memory: Spread }>;

export type HereResult = Readonly<{ documents: number; rows: readonly Readonly<{ what: string; samples: Samples }>[] }>;

export type SizeResult = Readonly<{
  services: number;
  documents: number;
  /** no `out/`, nothing cached */
  cold: Samples;
  /** all is there and nothing changed */
  warm: Samples;
  /** one service changed */
  edit: Samples;
}>;

export type StageResult = Readonly<{ services: number }> & StageReport;

/** One of those that do the same work: three documents for each service, one environment. */
export type LikeResult = Readonly<{ services: number; name: string; title: string; checks: string; writes: string }> &
  Readonly<{ samples: Samples; documents: number | undefined } | { left: string }>;

export type Machine = Readonly<{
  processor: string;
  cores: number;
  memoryGb: number;
  node: string;
  system: string;
  /** how many processes wanted to run, on average of the last minute, before and after */
  load: readonly [before: number, after: number];
}>;

export type Results = Readonly<{
  machine: Machine;
  here: HereResult | undefined;
  sizes: readonly SizeResult[];
  stages: readonly StageResult[];
  like: readonly LikeResult[];
  /** what could not be measured, and why */
  failures: readonly string[];
}>;

/** @throws Error when there is none */
export function samplesOf(usages: readonly Usage[]): Samples {
  return {
    runs: usages.length,
    wall: spread(usages.map(({ wall }) => wall)),
    cpu: spread(usages.map(({ cpu }) => cpu)),
    memory: spread(usages.map(({ memory }) => memory)),
  };
}

export type Growth = Readonly<{
  what: string;
  wall: Exponent | undefined;
  cpu: Exponent | undefined;
  memory: Exponent | undefined;
}>;

/** How each series grows with the number of services. */
export function growthOf({ sizes, like }: Pick<Results, 'sizes' | 'like'>): Growth[] {
  const own = (['cold', 'warm', 'edit'] as const).map((state) =>
    growth(
      `platform-compiler, two environments, ${state}`,
      sizes.map((result) => ({ size: result.services, samples: result[state] })),
    ),
  );
  const names = [...new Set(like.map(({ name }) => name))];
  const others = names.map((name) => {
    const measured = like.flatMap((result) =>
      result.name === name && 'samples' in result
        ? [{ size: result.services, samples: result.samples, title: result.title }]
        : [],
    );
    return growth(`${measured[0]?.title ?? name}, like for like`, measured);
  });
  return [...own, ...others].filter(({ wall, cpu, memory }) => [wall, cpu, memory].some((one) => one !== undefined));
}

function growth(what: string, points: readonly Readonly<{ size: number; samples: Samples }>[]): Growth {
  const exponent = (figure: 'wall' | 'cpu' | 'memory') =>
    growthExponent(points.map(({ size, samples }) => ({ size, value: samples[figure].median })));
  return { what, wall: exponent('wall'), cpu: exponent('cpu'), memory: exponent('memory') };
}
