import type { Path } from '../finding/finding.ts';
import { isObject } from '../json.ts';

/**
 * Where a value of the model came from. `configuration` and `preset`: the place that wrote it. `default`: a path into the
 * defaults. `derivation`: made from what stands at these paths of the configuration.
 */
export type Origin =
  | Readonly<{ from: 'configuration' | 'preset'; path: Path }>
  | Readonly<{ from: 'default'; path: Path }>
  | Readonly<{ from: 'derivation'; paths: readonly Path[] }>;

/** A value of the model together with where it came from. What has no note of its own has that of what it stands in. */
export class Noted<Value> {
  readonly value: Value;
  readonly origin: Origin;
  constructor(value: Value, origin: Origin) {
    this.value = value;
    this.origin = origin;
  }
}

/** A part of the model in the making: some of its values carry notes. */
export type Draft<Value> =
  | Noted<Draft<Value>>
  | (Value extends readonly (infer Item)[]
      ? readonly Draft<Item>[]
      : Value extends object
        ? { readonly [Key in keyof Value]: Draft<Value[Key]> }
        : Value);

/** @returns `value`, as written at `path` of the configuration */
export function written<Value>(value: Value, path: Path): Noted<Value> {
  return new Noted(value, { from: 'configuration', path });
}

/** @returns `value`, as it follows from what stands at these paths */
export function derived<Value>(value: Value, ...paths: readonly Path[]): Noted<Value> {
  return new Noted(value, { from: 'derivation', paths });
}

/** The plain value of a draft, keys sorted: the same model whatever the order in which a person wrote things. */
export function plain<Value>(draft: Draft<Value>): Value {
  return strip(draft) as Value;
}

function strip(draft: unknown): unknown {
  if (draft instanceof Noted) return strip(draft.value);
  if (Array.isArray(draft)) return draft.map(strip);
  if (!isObject(draft)) return draft;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(draft).sort()) result[key] = strip(draft[key]);
  return result;
}

/** The note that holds at a path of a draft: its own, else the nearest one around it. */
export function originAt(draft: unknown, path: Path): Origin | undefined {
  let origin: Origin | undefined;
  let here = draft;
  for (const step of [...path, undefined]) {
    while (here instanceof Noted) {
      origin = here.origin;
      here = here.value;
    }
    if (step === undefined || typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) break;
    here = (here as Record<string | number, unknown>)[step];
  }
  return origin;
}
