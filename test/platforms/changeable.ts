import type { PlatformInput } from '../../lib/config/schema.ts';

/** As drawn or under repair: the shape of a configuration, and nothing of it fixed. */
export type Changeable<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : Value extends readonly (infer Item)[]
    ? Changeable<Item>[]
    : { -readonly [Key in keyof Value]: Changeable<Value[Key]> };

type Input = Changeable<PlatformInput>;
/** what a preset, a service and a service in one environment may say */
export type Layer = NonNullable<Input['presets']>[string];
export type Service = Omit<Input['services'][string], 'in'> & { in?: Record<string, false | Layer> };
export type Platform = Omit<Input, 'services'> & { services: Record<string, Service> };
export type Environment = Platform['environments'][string];

/** What a map itself has under a name: names may be those that every object has. */
export function own<Value>(map: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;
}

/** A name of something else, which the types of the schema mark. */
export function named<Reference>(name: string): Reference {
  return name as Reference;
}

/** One of these: the one that is called so, else one chosen by a drawn number, the first for `0`, so that shrinking ends there. */
export function chosen<Item>(items: readonly Item[], drawn: unknown): Item | undefined {
  if (items.includes(drawn as Item)) return drawn as Item;
  const number = typeof drawn === 'string' && /^\d+$/.test(drawn) ? Number(drawn) : 0;
  return items[number % Math.max(1, items.length)];
}

/** The first of `name`, `name2`, `name3`… that is not taken; takes it. Cut where it would be longer than `max`. */
export function unique(
  name: string,
  taken: Set<string>,
  max = 253,
  key = (text: string) => text.toLowerCase(),
): string {
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : `${number}`;
    const text = `${name.slice(0, max - ending.length)}${ending}`;
    if (taken.has(key(text))) continue;
    taken.add(key(text));
    return text;
  }
}

export function common<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const [first = [], ...rest] = lists;
  return first.filter((item) => rest.every((list) => list.includes(item)));
}
