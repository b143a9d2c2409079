import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

const file = new URL('../../docs/dependencies.md', import.meta.url);
const page = readFileSync(file, 'utf8');
const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));

type Locked = Readonly<{
  version: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
}>;
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const { dependencies, devDependencies, allowScripts } = read('package.json') as Record<string, Record<string, string>>;
const direct = { ...dependencies, ...devDependencies };
const installed = Object.entries(packages)
  .filter(([path]) => path !== '')
  .map(([path, locked]) => ({ name: path.replace(/^.*node_modules\//, ''), ...locked }));

/** Those that ask for no more than to be named. */
const FREE = ['Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', '0BSD'];

test('every direct dependency has its reason, and nothing else has', () => {
  const reasons = [...(page.split('## What may run')[0] ?? '').matchAll(/^\| `([^`]+)` \| \S/gm)].map(
    ([, name]) => name,
  );
  assert.deepEqual(reasons.toSorted(), Object.keys(direct).sort());
});

test('direct dependencies are pinned, and every package is locked by its digest and from the registry', () => {
  for (const [name, version] of Object.entries(direct)) assert.match(version, /^\d+\.\d+\.\d+$/, name);
  for (const { name, integrity, resolved } of installed) {
    assert.match(integrity ?? '', /^sha512-/, name);
    // Left out by some settings of npm: it then asks the registry that it is set to, and the digest decides.
    if (resolved !== undefined) assert.match(resolved, /^https:\/\/registry\.npmjs\.org\//, name);
  }
});

test('only what is named runs a script at install', () => {
  const scripted = installed.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
  assert.deepEqual(scripted.sort(), Object.keys(allowScripts ?? {}).sort());
  for (const [name, may] of Object.entries(allowScripts ?? {}))
    assert.match(page, new RegExp(`^\\| \`${name}\` \\| ${may ? 'yes' : 'no'} \\| \\S`, 'm'));
});

test('every licence is listed, and all of them are free', () => {
  const byLicence = new Map<string, string[]>();
  for (const { name, license = 'none' } of installed) byLicence.set(license, [...(byLicence.get(license) ?? []), name]);
  for (const licence of byLicence.keys())
    assert.ok(
      licence
        .replaceAll(/[()]/g, '')
        .split(/ (?:OR|AND) /)
        .every((one) => FREE.includes(one)),
      licence,
    );
  const list = [...byLicence]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, all]) => `- **${licence}**: ${[...new Set(all.map((name) => `\`${name}\``))].sort().join(', ')}\n`)
    .join('');
  const whole = page.replace(/(<!-- licences -->\n)[\s\S]*(<!-- end -->)/, (_, begin, end) => `${begin}${list}${end}`);
  if (process.env.UPDATE_EXPECTED) writeFileSync(file, whole);
  else assert.equal(page, whole);
});
