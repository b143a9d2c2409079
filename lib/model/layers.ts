import type { Path } from '../finding/finding.ts';
import { isObject, valueAt } from '../json.ts';
import type { Origin } from './origins.ts';

/** One of the places that say what a service is like. */
export type Layer = Readonly<{ value: unknown; origin: (path: Path) => Origin }>;

/** What several layers say together. */
export type Settings<Value> = Readonly<{
  value: Value;
  /** the layer that has the last word at `path`, or at the nearest path around it that one has said something about */
  originOf(path: Path): Origin;
}>;

/**
 * What is of one piece: a later layer replaces it whole, where elsewhere objects are merged key by key. `*` is any key. A variable
 * that came from a database and now comes from a service must not keep half of the database.
 */
const OF_ONE_PIECE: readonly Path[] = [
  ['image'],
  ['envs', '*'],
  ['ports', '*'],
  ['probes', '*'],
  ['volumes', '*'],
  ['disruptionBudget'],
  ['workloadIdentity'],
];

/**
 * The one merge rule, from the first layer to the last: objects are merged key by key; any other value, a list included,
 * replaces what was there; `null` takes it away. What is of one piece (an image, a variable, a port, a probe, a volume) is replaced
 * whole.
 *
 * @param layers from the weakest to the strongest
 * @param keeps where something must always be said: `null` takes away what layers said up to the weakest, and not that one's
 */
export function merge<Value>(layers: readonly Layer[], keeps: (path: Path) => boolean = () => false): Settings<Value> {
  const kept = (path: Path) => (keeps(path) ? valueAt(layers[0]?.value, path) : undefined);
  const value = layers.reduce<unknown>((merged, layer) => mergeValue(merged, layer.value, [], kept), {});
  return {
    value: value as Value,
    originOf(path) {
      for (let length = path.length; length > 0; length--) {
        const part = path.slice(0, length);
        const said = layers.findLastIndex((candidate) => valueAt(candidate.value, part) !== undefined);
        const layer = layers[said];
        if (!layer) continue;
        // A later layer may have taken away all around it.
        for (let around = 1; around < length; around++) {
          const outer = path.slice(0, around);
          const later = layers.findLast(({ value }, index) => index > said && valueAt(value, outer) === null);
          if (later) return later.origin(outer);
        }
        return layer.origin(part);
      }
      const strongest = layers.at(-1);
      if (!strongest) throw new Error('no layer has no origin');
      return strongest.origin([]);
    },
  };
}

function mergeValue(weaker: unknown, stronger: unknown, path: Path, kept: (path: Path) => unknown): unknown {
  if (stronger === undefined) return weaker;
  if (!isObject(stronger)) return stronger;
  const merged: Record<string, unknown> = isObject(weaker) && !isOfOnePiece(path) ? { ...weaker } : {};
  for (const [key, value] of Object.entries(stronger)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    const here = [...path, key];
    const floor = value === null ? kept(here) : undefined;
    if (floor !== undefined) merged[key] = floor;
    // What takes nothing away here was meant to take something from the chart: a rule tells that it cannot.
    else if (value === null && (before != null || path[0] !== 'extraHelmValues')) delete merged[key];
    else merged[key] = mergeValue(before, value, here, kept);
  }
  return merged;
}

function isOfOnePiece(path: Path): boolean {
  return OF_ONE_PIECE.some(
    (piece) => piece.length === path.length && piece.every((step, index) => step === '*' || step === path[index]),
  );
}
