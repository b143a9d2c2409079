/** What no configuration may ever tell or change. */

/** Stands in the environment and in files beside the repository; it must appear nowhere. */
export const CANARY = 'canary-5d1c7f';

/** Files around a repository: path -> text. */
export const canaries = {
  'canary.json': `{ "canary": "${CANARY}" }`,
  'canary.ts': `export default { canary: '${CANARY}' };`,
  'canary.js': `globalThis.canary = '${CANARY}';`,
  '.env': `CANARY=${CANARY}`,
} as const;

const builtIns = { Object, Array, Function, String, Number, Promise, Error, RegExp, Map, Set, JSON, Reflect, Math };

/** What a program that left the sandbox would change first: built-in objects of this process, with their functions. */
export function hostState(): unknown {
  const keysOf = (value: object) => Reflect.ownKeys(value).map(String).sort();
  return {
    // Node makes some globals when they are first used, so their names are not compared.
    globals: ['canary', 'polluted', 'x'].filter((name) => name in globalThis),
    builtIns: Object.entries(builtIns).map(([name, value]) => [
      name,
      value === (globalThis as Record<string, unknown>)[name],
      keysOf(value),
      'prototype' in value ? keysOf(value.prototype as object) : [],
    ]),
    functions: [
      JSON.stringify,
      JSON.parse,
      Object.keys,
      Object.prototype.toString,
      Array.prototype[Symbol.iterator],
    ].map((one) => Function.prototype.toString.call(one)),
    plain: [({} as Record<string, unknown>).polluted, ([] as unknown as Record<string, unknown>).polluted],
    directory: process.cwd(),
  };
}
