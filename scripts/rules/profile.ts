import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from '../../lib/config/validate.ts';
import type { JsonObject } from '../../lib/json.ts';
import { BATCH } from '../../lib/judge/judge.ts';
import { policiesFolder, type Rule, readSources, type Scope } from '../../lib/judge/lock.ts';
import { changes, slices } from '../../lib/judge/slices.ts';
import { load } from '../../lib/load/load.ts';
import type { Model } from '../../lib/model/model.ts';
import { normalise } from '../../lib/model/normalise.ts';
import { platformFiles } from '../bench/platform.ts';
import { median } from '../bench/statistics.ts';
import { count, table } from '../bench/table.ts';
import { compilePolicies } from '../compile-policies.ts';
import { evaluationOf } from './evaluation.ts';

/** Milliseconds of one judgement of the whole platform. */
export type Profile = Readonly<{
  services: number;
  rules: readonly Readonly<{ id: string; scope: Scope; milliseconds: number }>[];
  scopes: readonly Readonly<{
    scope: Scope;
    /** how often rules of it are asked */
    inputs: number;
    /** the input, of all rules */
    reading: number;
    /** all rules at once, as the judge asks them */
    together: number;
  }>[];
  /** how often the rules found something: that costs a little more than to find nothing */
  findings: number;
  /** of scope `document`: there are none to be read */
  notMeasured: readonly string[];
}>;

/** Of each rule on each input: the median is what is told. */
const REPETITIONS = 5;

/**
 * Measures what each rule costs: its milliseconds in the wasm that the judge runs, on all that the judge would give it.
 *
 * @throws Error that says how to install opa, where it is not
 */
export async function measure(rules: readonly Rule[], services: number): Promise<Profile> {
  const entrypoint = ({ id }: Rule) => `${id}/findings`;
  const wasm = await compilePolicies(await readSources(policiesFolder), rules, rules.map(entrypoint));
  const model = await modelOf(services);
  const costs = new Map<string, number>();
  const scopes: Profile['scopes'][number][] = [];
  let findings = 0;
  for (const scope of new Set(rules.map((rule) => rule.scope))) {
    if (scope === 'document') continue;
    const asked = rules.filter((rule) => rule.scope === scope);
    let [inputs, reading, together] = [0, 0, 0];
    for (const input of inputsOf(scope, model)) {
      const evaluation = await evaluationOf(wasm, input);
      const timeOf = (name: string) =>
        median(Array.from({ length: REPETITIONS }, () => evaluation.ask(name).milliseconds));
      // The first run of wasm is slow, as it is translated then: it is not measured.
      const found = evaluation.ask(`judge/${scope}`).result as Readonly<Record<string, readonly unknown[]>>;
      findings += Object.values(found).flat().length;
      inputs++;
      reading += evaluation.reading;
      together += timeOf(`judge/${scope}`);
      for (const rule of asked) costs.set(rule.id, (costs.get(rule.id) ?? 0) + timeOf(entrypoint(rule)));
    }
    scopes.push({ scope, inputs, reading, together });
  }
  return {
    services,
    rules: rules.flatMap(({ id, scope }) => {
      const milliseconds = costs.get(id);
      return milliseconds === undefined ? [] : [{ id, scope, milliseconds }];
    }),
    scopes,
    findings,
    notMeasured: rules.filter(({ id }) => !costs.has(id)).map(({ id }) => id),
  };
}

function inputsOf(scope: Exclude<Scope, 'document'>, model: Model): Iterable<unknown> {
  return scope === 'change' ? changes(model as unknown as JsonObject, model, BATCH) : slices(model, scope, BATCH);
}

/** The model of the benchmark's platform, in two environments. */
async function modelOf(services: number): Promise<Model> {
  const folder = await mkdtemp(join(tmpdir(), 'profile-'));
  try {
    for (const [path, text] of platformFiles({ services, environments: 2 })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await mkdir(join(folder, 'lib'));
    await cp(fileURLToPath(new URL('../../lib/index.ts', import.meta.url)), join(folder, 'lib/index.ts'));
    const { value, findings } = await load({ root: folder });
    const locate = value?.places.of ?? (() => undefined);
    const validated = value && validate(value.value, locate);
    const normalised = validated?.value && normalise(validated.value, locate);
    if (normalised?.value) return normalised.value.model;
    const [first] = [...findings, ...(validated?.findings ?? []), ...(normalised?.findings ?? [])];
    throw new Error(`the platform of the benchmark is wrong: ${JSON.stringify(first)}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What was measured, for people: the most expensive rule first. */
export function profileText({ services, rules, scopes, findings, notMeasured }: Profile): string {
  const alone = sumOf(rules.map(({ milliseconds }) => milliseconds));
  const [reading, together] = [sumOf(scopes.map((one) => one.reading)), sumOf(scopes.map((one) => one.together))];
  const rows = rules
    .toSorted((a, b) => b.milliseconds - a.milliseconds || (a.id < b.id ? -1 : 1))
    .map(({ id, scope, milliseconds }) => [id, scope, ms(milliseconds), share(milliseconds, alone)]);
  const columns = [
    { title: 'rule' },
    { title: 'scope' },
    { title: 'ms', align: 'right' },
    { title: 'share', align: 'right' },
  ] as const;
  const inputs = scopes
    .map((one) => `${count(one.inputs)} ${one.inputs === 1 ? 'input' : 'inputs'} of scope ${one.scope}`)
    .join(', ');
  const lines = [
    `${ms(alone)} ms: all of them, one by one; ${ms(together)} ms: at once, as the judge asks them`,
    `${ms(reading)} ms: reading the model, for all of them together`,
    '',
    `Measured on a platform of ${count(services)} services in two environments, in which they find ${findings === 0 ? 'nothing' : `${findings} things`}: ${inputs}.`,
    `In the wasm that the judge runs, without its start; the median of ${REPETITIONS} on each input.`,
    ...(notMeasured.length > 0 ? [`Not measured, as they read documents: ${notMeasured.join(', ')}.`] : []),
  ];
  return `${table(columns, rows)}\n${lines.join('\n')}\n`;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function ms(value: number): string {
  return value.toFixed(value < 100 ? 1 : 0);
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;
}
