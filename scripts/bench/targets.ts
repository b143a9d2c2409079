import { growthOf, type Results, type Samples } from './results.ts';
import type { Exponent } from './statistics.ts';
import { megabytes, seconds } from './table.ts';

/** What the compiler should reach. `met` is `undefined` where this run did not measure it. */
export type Target = Readonly<{ what: string; wanted: string; found: string; met: boolean | undefined }>;

/** How the run stands to the targets. */
export function targetsOf(results: Results): Target[] {
  const { here, sizes, like } = results;
  const whole = here?.rows.find(({ what }) => what === WHOLE)?.samples;
  const of = (services: number) => sizes.find((result) => result.services === services);
  const peer = (name: string) => {
    const found = like.find((result) => result.name === name && result.services === 1000);
    return found && 'samples' in found ? found.samples : undefined;
  };
  const own = peer(OWN);
  const growth = growthOf(results)[0];
  // Before, what does not grow hides what does.
  const isFar = sizes.some(({ services }) => services >= 10_000);
  return [
    time("this repository's platform, the whole compile", whole, 1),
    beside('1,000 services × 3 documents, in less time than cdk8s synth', own, peer('cdk8s')),
    beside('1,000 services × 3 documents, aiming at cue export', own, peer('cue')),
    time('1,000 services in two environments, cold', of(1000)?.cold, 5),
    time('10,000 services in two environments, cold', of(10_000)?.cold, 50),
    memory('10,000 services in two environments, cold, memory', of(10_000)?.cold, 1500),
    time('one service of 10,000 changed', of(10_000)?.edit, 5),
    target('10,000 services judged', `under ${seconds(10)}`, judged(results, 10_000), seconds, (value) => value < 10),
    exponent('exponent of time', isFar ? growth?.wall : undefined),
    exponent('exponent of processor time', isFar ? growth?.cpu : undefined),
    exponent('exponent of memory', isFar ? growth?.memory : undefined),
  ];
}

/** By all rules but those on documents, which are asked with each part of the documents. */
function judged({ stages }: Results, services: number): number | undefined {
  const judge = stages.find((one) => one.services === services)?.stages.find(({ stage }) => stage === 'judge');
  return judge && judge.wall / 1000;
}

/** The row that says how long the whole compile of this repository takes. */
export const WHOLE = 'no out/';
/** Our name among those who do the same work. */
export const OWN = 'platform-compiler';

function time(what: string, samples: Samples | undefined, limit: number): Target {
  return target(what, `under ${limit} s`, samples?.wall.median, seconds, (value) => value < limit);
}

function memory(what: string, samples: Samples | undefined, limit: number): Target {
  return target(what, `under ${megabytes(limit)}`, samples?.memory.median, megabytes, (value) => value < limit);
}

function beside(what: string, own: Samples | undefined, other: Samples | undefined): Target {
  const limit = other?.wall.median;
  if (limit === undefined) return { what, wanted: 'not measured', found: '', met: undefined };
  return target(what, `under ${seconds(limit)}`, own?.wall.median, seconds, (value) => value < limit);
}

/** The larger of the two counts. */
function exponent(what: string, value: Exponent | undefined): Target {
  return target(
    what,
    'below 1.1',
    value && Math.max(value.fitted, value.last),
    (found) => found.toFixed(2),
    (found) => found < 1.1,
  );
}

function target(
  what: string,
  wanted: string,
  value: number | undefined,
  shown: (value: number) => string,
  isMet: (value: number) => boolean,
): Target {
  if (value === undefined) return { what, wanted, found: '', met: undefined };
  return { what, wanted, found: shown(value), met: isMet(value) };
}
