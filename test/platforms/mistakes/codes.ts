import { readFileSync } from 'node:fs';

/** Every code of a finding that the code of a stage knows, and every rule. */
export function allCodes(): string[] {
  const { rules } = JSON.parse(read('policies/policies.lock.json')) as { rules: readonly { id: string }[] };
  const literal = ['config', 'model', 'judge', 'waivers', 'verify', 'load', 'write'].flatMap((stage) => {
    const text = read(`lib/${stage}/findings.ts`);
    return [
      ...[...text.matchAll(/code: '(\w+\/[\w-]+)'/g)].map(([, code = '']) => code),
      ...[...text.matchAll(/\berror\(\s*'([\w-]+)'/g)].map(([, name]) => `${stage}/${name}`),
    ];
  });
  return [...new Set([...literal, ...named, ...rules.map(({ id }) => id)])].sort();
}

/** Those that are put together from words. */
const named = [
  ...['database', 'environment', 'image', 'pool', 'preset', 'secret', 'service'].map((to) => `config/unknown-${to}`),
  ...['database', 'pool', 'service'].map((what) => `model/unknown-${what}`),
  ...['type', 'value'].map((kind) => `verify/${kind}`),
];

/** What no mistake in a platform causes, and why not. `isOfValues: false`: it is not of what a configuration says. */
export const notCaused: readonly Readonly<{ codes: RegExp; because: string; isOfValues?: false }>[] = [
  {
    codes: /^load\//,
    isOfValues: false,
    because: 'it is of the text of a configuration, and these are values: test/mistakes, test/load',
  },
  { codes: /^write\//, isOfValues: false, because: 'it is of what lies in the folder: test/write' },
  {
    codes: /^change\//,
    isOfValues: false,
    because: 'it is of two platforms, before and after: test/judge/examples.test.ts',
  },
  {
    codes: /^delivery\/(foreign_trigger|missing_concurrency|workflow_permissions)$/,
    isOfValues: false,
    because: 'no configuration brings it about: it holds what our own templates write: test/judge/planted.ts',
  },
  { codes: /^waivers\/undated$/, because: 'these are compiled on a day: test/waivers' },
  { codes: /^judge\/policies-stale$/, because: 'it is of the files of this compiler: test/judge' },
  { codes: /^verify\/field-name$/, because: 'such names come from parts whose names the schema judges before' },
  { codes: /^verify\/text$/, because: '`load` finds halves of characters before' },
];

function read(file: string): string {
  return readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
}
