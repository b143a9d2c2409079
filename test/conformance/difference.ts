import { isDeepStrictEqual } from 'node:util';
import { type Path, pathText, readPath } from './path.ts';

/** What stood at a place and what stands there now; the one that is absent: nothing did. */
export type Change = { was?: unknown; is?: unknown };
/** By path. `list[-1]` was the item 1 of the earlier list, `list[+1]` is the item 1 of the later. */
export type Changes = Record<string, Change>;

type Keyed = Readonly<Record<string, unknown>>;

/** How two values differ, so that `withChanges` makes the second of the first. */
export function differences(before: unknown, after: unknown, path: Path = []): Changes {
  if (isDeepStrictEqual(before, after)) return {};
  if (isKeyed(before) && isKeyed(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return Object.assign(
      {},
      ...keys.map((key) => {
        const here = [...path, key];
        if (!Object.hasOwn(after, key)) return { [pathText(here)]: { was: before[key] } };
        if (!Object.hasOwn(before, key)) return { [pathText(here)]: { is: after[key] } };
        return differences(before[key], after[key], here);
      }),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].some((item) => isKeyed(item)))
    return before.length === after.length
      ? Object.assign({}, ...before.map((item, index) => differences(item, after[index], [...path, index])))
      : itemDifferences(before, after, path);
  return { [pathText(path)]: { was: before, is: after } };
}

/** Which items went and which came, keeping as many as can be kept. */
function itemDifferences(before: readonly unknown[], after: readonly unknown[], path: Path): Changes {
  // kept[i][j]: how many items `before` from i on and `after` from j on have in common, in their order
  const kept = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number) => kept[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      (kept[i] as number[])[j] = isDeepStrictEqual(before[i], after[j])
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: Changes = {};
  for (let i = 0, j = 0; i < before.length || j < after.length; ) {
    if (i < before.length && j < after.length && isDeepStrictEqual(before[i], after[j])) {
      i++;
      j++;
    } else if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) {
      changes[pathText([...path, `-${i}`])] = { was: before[i++] };
    } else {
      changes[pathText([...path, `+${j}`])] = { is: after[j++] };
    }
  }
  return changes;
}

/** A value after changes. @throws where it is not what it was */
export function withChanges(value: unknown, changes: Changes): unknown {
  const root = { value: structuredClone(value) };
  const steps = Object.entries(changes).map(([text, change]) => {
    const path: Path = ['value', ...readPath(text)];
    const [, sign, index] = /^([-+])(\d+)$/.exec(String(path.at(-1))) ?? [];
    return { text, change, path, sign, index: Number(index) };
  });
  // Earlier indices stand as long as nothing before them has gone, later ones as soon as all before them have come.
  const gone = steps.filter(({ sign }) => sign === '-').sort((a, b) => b.index - a.index);
  const come = steps.filter(({ sign }) => sign === '+').sort((a, b) => a.index - b.index);
  for (const { text, change, path, sign, index } of [...gone, ...come, ...steps.filter(({ sign }) => !sign)]) {
    const holder = path.slice(0, -1).reduce(own, root) as Record<string | number, unknown>;
    const key = sign ? index : (path.at(-1) as string | number);
    if (sign !== '+' && !isDeepStrictEqual(own(holder, key), change.was)) throw new Error(`${text} was something else`);
    if (Array.isArray(holder) && sign === '-') holder.splice(index, 1);
    else if (Array.isArray(holder) && sign === '+') holder.splice(index, 0, change.is);
    else if (!Object.hasOwn(change, 'is')) delete holder[key];
    else Object.defineProperty(holder, key, { value: change.is, configurable: true, enumerable: true, writable: true });
  }
  return root.value;
}

/** A name such as `constructor` is on every object. */
function own(holder: unknown, key: string | number): unknown {
  const isThere = typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key);
  return isThere ? (holder as Record<string | number, unknown>)[key] : undefined;
}

function isKeyed(value: unknown): value is Keyed {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
