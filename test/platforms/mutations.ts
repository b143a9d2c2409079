import { createHash } from 'node:crypto';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Path } from '../../lib/finding/finding.ts';
import type { Platform } from './changeable.ts';
import { configMistakes } from './mistakes/config.ts';
import { judgeMistakes } from './mistakes/judge.ts';
import type { Made, Mistake, Situation } from './mistakes/mistake.ts';
import { modelMistakes } from './mistakes/model.ts';
import { verifyMistakes } from './mistakes/verify.ts';
import { wrongShapesOf } from './wrong-shapes.ts';

/** What a mistake is told as. */
export type Told = Readonly<{ code: string; at: Path }>;

/** One mistake in a valid platform, and what it must be told as. */
export type Mutation = Readonly<{
  /** what was done, for people */
  name: string;
  /** where something is changed: mistakes at paths apart from each other are independent */
  paths: readonly Path[];
  /** changes a copy */
  apply(platform: unknown): void;
  told: readonly [Told, ...Told[]];
  /** codes that may come along */
  maybe: readonly string[];
}>;

/** The stage that finds a mistake. One with an error is the last one, so only mistakes of one stage are told together. */
export type Stage = 'config' | 'model' | 'judge' | 'verify';

/** By the stage that finds them; beside these, `config` finds whatever the schema refuses. */
export const mistakes: Readonly<Record<Stage, readonly Mistake[]>> = {
  config: configMistakes,
  model: modelMistakes,
  judge: judgeMistakes,
  verify: verifyMistakes,
};

export const stages = Object.keys(mistakes) as readonly Stage[];

/** Every mistake that can be made in this platform at one place, and that a stage finds. */
export function mutationsOf(platform: PlatformInput, stage: Stage): readonly Mutation[] {
  return [...(stage === 'config' ? wrongShapesOf(platform) : []), ...madeIn(platform, mistakes[stage])];
}

/** These mistakes, in each environment that has a place for them. */
export function madeIn(configuration: PlatformInput, mistakes: readonly Mistake[]): Mutation[] {
  const platform = configuration as Platform;
  const names = Object.keys(platform.environments).sort();
  return mistakes.flatMap(({ name, code, made }) =>
    names.flatMap((here): Mutation[] => {
      const place: Situation = {
        platform,
        here,
        environment: platform.environments[here] as Situation['environment'],
        others: names.filter((other) => other !== here),
        service: `qq${digestOf(`${code} ${name}`)}`,
      };
      const mistake = made(place);
      return mistake ? [mutationOf(`${name}, in ${here}`, code, mistake)] : [];
    }),
  );
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function mutationOf(name: string, code: string, { puts, at, touches = [], along = [], maybe = [] }: Made): Mutation {
  return {
    name,
    paths: [...puts.map(([path]) => path), ...touches],
    apply: (root) => {
      for (const [path, value] of puts) put(root, path, structuredClone(value));
    },
    told: [{ code, at }, ...along],
    maybe,
  };
}

/** Writes at a path, and what is around it where it is not there; `undefined` takes away. */
export function put(root: unknown, path: Path, value: unknown): void {
  let holder = root as Record<string, unknown>;
  for (const step of path.slice(0, -1)) {
    if (!Object.hasOwn(holder, step)) holder[step] = {};
    holder = holder[step] as Record<string, unknown>;
  }
  const key = path.at(-1) ?? '';
  if (value === undefined) delete holder[key];
  else holder[key] = value;
}

/** Where the names are that others refer to: with the map as a whole gone, nobody knows whether a name is one of them. */
const NAMES =
  /^(presets|secrets|services|sources(,[^,]*(,images)?)?|environments(,[^,]*(,cluster|,cluster,nodePools|,databases)?)?)$/;

/** Those that were drawn, but of two that are at one place, inside of each other, or of which one has the names of the other, the first. */
export function independent(mutations: readonly Mutation[], drawn: readonly number[]): Mutation[] {
  const chosen: Mutation[] = [];
  if (mutations.length === 0) return chosen;
  for (const number of drawn) {
    const mutation = mutations[number % mutations.length] as Mutation;
    if (chosen.every((one) => isApart(one, mutation))) chosen.push(mutation);
  }
  return chosen;
}

function isApart(one: Mutation, other: Mutation): boolean {
  const meet = one.paths.some((a) => other.paths.some((b) => isWithin(a, b) || isWithin(b, a)));
  return !meet && !(refers(one) && hasNames(other)) && !(hasNames(one) && refers(other));
}

function refers({ told: [{ code }] }: Mutation): boolean {
  return code.startsWith('config/unknown-') && code !== 'config/unknown-key';
}

function hasNames({ paths }: Mutation): boolean {
  return paths.some((path) => NAMES.test(path.join()));
}

function isWithin(inner: Path, outer: Path): boolean {
  return outer.every((step, index) => inner[index] === step);
}
