import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { madeBy, outFolder } from '../../lib/commands/compile.ts';
import type { Finding } from '../../lib/finding/finding.ts';
import { compile } from '../../lib/pipeline.ts';
import type { Disk } from '../../lib/write/disk.ts';
import {
  at,
  checkoutOf,
  codes,
  contents,
  file,
  hostOf,
  lay,
  outOf,
  processNumber,
  quickDisk,
  temporary,
} from '../write/rig.ts';
import { CANARY } from './host.ts';
import { type Config, soundWorkspace } from './platform.ts';

/** What walks out of a folder, or is another file on another system. */
const walking = [
  '..',
  '.',
  '../x',
  'a/../../x',
  '/etc/passwd',
  '//host/share',
  '\\\\host\\share',
  'a\\..\\..\\x',
  'C:\\x',
  'a\0b',
  'a\nb',
  'a.',
  'a ',
  ' a',
  '...',
  'CON',
  'nul.txt',
  'com1.',
  'lpt\u00b9',
  'a\uff0fb',
  '\uff0e\uff0e',
  '\u2025',
  '\u2024\u2024/x',
  'a\u2215b',
  'a\u29f8b',
  'a\uff3cb',
  '.git',
  '.g\u200cit',
  'GIT~1',
  'a:stream',
  '~',
  '~root',
  '$HOME',
  '%TEMP%',
  '-rf',
  '*',
  '__proto__',
  `${'x'.repeat(300)}`,
];

/** Wherever a name of the configuration becomes one of a file or folder: how to put one there, and the path of its key. */
const positions: Readonly<Record<string, (config: Config, names: readonly string[]) => void>> = {
  services: ({ services }, names) => named(services, names, services.cart),
  environments: ({ environments }, names) => named(environments, names, environments.green),
  'directories of environments': ({ environments }, names) =>
    names.forEach((name, index) => {
      environments[`e${index}`] = { ...environments.green, directory: name };
    }),
  sources: ({ sources }, names) => named(sources, names, { images: {} }),
  databases: ({ environments }, names) =>
    named(environments.green.databases, names, environments.green.databases.orders),
  'files of extra manifests': (config, names) => {
    config.environments.green.extraManifests = {};
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    named(config.environments.green.extraManifests, names, object);
  },
  'units of extra inputs': (config, names) => {
    config.environments.green.extraInputs = {};
    named(config.environments.green.extraInputs, names, {});
  },
  'files of volumes': ({ services }, names) => {
    const files = {};
    named(files, names, 'a');
    services.cart.volumes = { a: { kind: 'config', mountPath: '/a', files } };
  },
  'paths of images': ({ sources }, names) =>
    names.forEach((name, index) => {
      sources.shop.images[`i${index}`] = { context: name, dockerfile: `${name}/Dockerfile` };
    }),
};

function named(things: object, names: readonly string[], thing: unknown): void {
  for (const name of names) Object.defineProperty(things, name, { value: thing, enumerable: true, configurable: true });
}

/** Good names there, in spite of what they look like. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  // A file in a ConfigMap becomes no file of ours; Kubernetes allows these.
  'files of volumes': ['...', 'a.', '-rf', 'CON', 'nul.txt', 'com1.', '.git', '__proto__'],
  'paths of images': ['.', '...', 'a.', '-rf', 'CON', 'nul.txt', 'com1.', '.git', '__proto__', '/'],
};

for (const [where, put] of Object.entries(positions))
  test(`Argo CD GHSA-h6h5-6fmq-rh28, GHSA-r9cr-hvjj-496v, Helm CVE-2024-25620, CVE-2026-35206, copier CVE-2025-55201, Backstage CVE-2021-43783: names of ${where} that walk out of a folder are found, each of them`, async (t) => {
    const names = walking.filter((name) => name !== '__proto__' && !harmless[where]?.includes(name));
    const place = soundWorkspace(t, (config) => put(config, names));
    const { code, out } = await place.run('compile', '--json');
    assert.equal(code, 1);
    const { findings } = JSON.parse(out) as { findings: Finding[] };
    const said = findings.map((finding) => JSON.stringify([finding.path, finding.message, finding.also]));
    for (const [index, name] of names.entries()) {
      const spelt = JSON.stringify(name.slice(0, 50)).slice(1, -1);
      assert.ok(
        said.some((text) => text.includes(spelt) || new RegExp(`"[ei]${index}"`).test(text)),
        `${where}: ${spelt}`,
      );
    }
    assert.deepEqual(fs.readdirSync(place.directory).sort(), ['lib', 'platform.config.ts', 'platform.sealed.json']);
  });

test('Backstage CVE-2021-43783: what writes asks each path again, whoever made it', async (t) => {
  for (const folder of [outOf(t), checkoutOf(t)]) {
    await lay(folder, [file('t/good', '1')]);
    const above = contents(folder.directory);
    const beside = fs.readdirSync(join(folder.directory, '..'));
    const bad = walking.filter((name) => !['~', '~root', '$HOME', '%TEMP%', '-rf', ' a', '__proto__'].includes(name));
    // Signs that look like a slash and become none are names as others are.
    for (const path of bad.filter((name) => !/[\u2215\u29f8]/.test(name)))
      for (const full of [path, `t/${path}`, `${path}/values.yaml`]) {
        const { findings } = await lay(folder, [file('t/good', '1'), file(full, '1')], { force: true });
        assert.deepEqual(
          findings.map(({ code }) => code),
          ['write/path'],
          JSON.stringify(full),
        );
      }
    assert.deepEqual(contents(folder.directory), above);
    assert.deepEqual(fs.readdirSync(join(folder.directory, '..')), beside);
  }
});

// Links

/** A compiled platform, and a folder elsewhere that nothing may touch or tell. */
async function compiled(t: Parameters<typeof soundWorkspace>[0]) {
  const place = soundWorkspace(t);
  assert.equal((await place.run('compile')).code, 0);
  const elsewhere = temporary(t);
  fs.mkdirSync(join(elsewhere, 'folder'));
  for (const name of ['file', 'folder/values.yaml']) fs.writeFileSync(join(elsewhere, name), CANARY);
  const before = contents(elsewhere);
  const link = (path: string, target: string) => {
    fs.rmSync(join(place.directory, path), { recursive: true, force: true });
    fs.symlinkSync(target, join(place.directory, path));
  };
  return { place, elsewhere, link, isUntouched: () => assert.deepEqual(contents(elsewhere), before) };
}

test('Backstage CVE-2026-24046, CVE-2026-24047, Argo CD CVE-2022-24904, Helm CVE-2025-53547: links planted in out/, dangling ones and chains are not written or read through', async (t) => {
  const { place, elsewhere, link, isUntouched } = await compiled(t);
  const { outputs = [] } = await compile({ root: place.directory, entry: 'platform.config.ts' });
  const folder = outFolder(join(place.directory, 'out'));
  const values = 'out/acme-gitops/green/cart/values.yaml';
  const plants: Readonly<Record<string, () => void>> = {
    'a file': () => link(values, join(elsewhere, 'file')),
    'a file that is not there': () => link(values, join(elsewhere, 'nowhere')),
    'a relative way out': () => link(values, `../../../../../..${elsewhere}/file`),
    'a loop': () => link(values, 'values.yaml'),
    'a chain': () => {
      link('out/acme-gitops/green/cart/one', join(elsewhere, 'file'));
      link('out/acme-gitops/green/cart/two', 'one');
      link(values, 'two');
    },
    'a chain that ends nowhere': () => {
      link('out/acme-gitops/green/cart/one', join(elsewhere, 'nowhere'));
      link(values, 'one');
    },
    'a folder': () => link('out/acme-gitops/green/cart', join(elsewhere, 'folder')),
    'a target': () => link('out/acme-gitops', join(elsewhere, 'folder')),
    'a chain of folders': () => {
      link('out/acme-infra', join(elsewhere, 'folder'));
      link('out/acme-gitops', 'acme-infra');
    },
    'the manifest': () => link('out/manifest.json', join(elsewhere, 'file')),
    'out/ itself': () => link('out', elsewhere),
  };
  for (const [what, plant] of Object.entries(plants)) {
    plant();
    for (const force of [false, true]) {
      const found = (await lay(folder, outputs, { force, madeBy })).findings;
      assert.ok(
        found.some(({ code, severity }) => code === 'write/in-the-way' && severity === 'error'),
        what,
      );
      assert.ok(!JSON.stringify(found).includes(CANARY), what);
    }
    isUntouched();
  }
  for (const command of [['check'], ['compile'], ['compile', '--force']]) {
    const { code, out, error } = await place.run(...command);
    assert.equal(code, 1);
    assert.match(error, /write\/in-the-way/);
    assert.ok(!(out + error).includes(CANARY));
  }
  isUntouched();
});

test('Argo CD CVE-2022-31036, tar-fs CVE-2025-59343: links in a checkout are not written through by deliver', async (t) => {
  const { place, elsewhere, isUntouched } = await compiled(t);
  const plants: Readonly<Record<string, string>> = {
    'green/cart': join(elsewhere, 'folder'),
    '.platform-manifest.json': join(elsewhere, 'file'),
    '.platform-lock': join(elsewhere, 'nowhere'),
  };
  for (const [path, target] of Object.entries(plants)) {
    const checkout = temporary(t);
    execFileSync('git', ['init', '-q', checkout]);
    fs.mkdirSync(join(checkout, path, '..'), { recursive: true });
    fs.symlinkSync(target, join(checkout, path));
    const { code, out, error } = await place.run('deliver', `acme-gitops=${checkout}`, '--force');
    assert.equal(code, 1, path);
    assert.ok(!(out + error).includes(CANARY), path);
    isUntouched();
    assert.deepEqual(
      fs.readdirSync(checkout).filter((name) => !['.git', path.split('/')[0]].includes(name)),
      [],
      path,
    );
  }
});

test('tar-fs CVE-2025-59343: a folder that becomes a chain of links, or a dangling one, between check and use leads no text elsewhere', async (t) => {
  const elsewhere = temporary(t);
  fs.writeFileSync(join(elsewhere, 'a'), 'theirs');
  // A plain link: test/write/links.test.ts.
  for (const swap of ['chain', 'dangling'] as const)
    for (let moment = 0, swapped = true; swapped; moment++) {
      assert.ok(moment < 1000);
      const folder = outOf(t);
      await lay(folder, [file('t/b/a', '1'), file('t/b/c', '1')], { host: hostOf(quickDisk) });
      let operations = 0;
      swapped = false;
      const swapNow = () => {
        swapped = true;
        fs.renameSync(at(folder, 't/b'), at(folder, 't/moved'));
        if (swap === 'chain') fs.symlinkSync(elsewhere, at(folder, 't/chain'));
        const target = { chain: 'chain', dangling: join(elsewhere, 'nowhere') }[swap];
        fs.symlinkSync(target, at(folder, 't/b'));
      };
      const disk = Object.fromEntries(
        Object.entries(quickDisk).map(([name, operate]) => [
          name,
          (...args: never[]) => {
            const result = (operate as (...args: never[]) => unknown)(...args);
            // Between `realpath` and the change that follows it nothing could be done: Node has no `renameat`.
            if (name !== 'realpath' && fs.existsSync(at(folder, 't/b')) && operations++ === moment) swapNow();
            return result;
          },
        ]),
      ) as unknown as Disk;
      await lay(folder, [file('t/b/a', '2'), file('t/b/d/e', '2')], { host: hostOf(disk, processNumber(1)) });
      assert.deepEqual(contents(elsewhere), { a: 'theirs' }, `${swap} ${moment}`);
    }
});

test('Helm CVE-2026-35205: a manifest that a pull request changed makes no one’s file the compiler’s', async (t) => {
  const folder = { ...checkoutOf(t), target: 't' };
  await lay(folder, [file('ours', '1', { target: 't' })]);
  fs.writeFileSync(at(folder, 'theirs'), 'theirs');
  const manifest = JSON.parse(fs.readFileSync(at(folder, folder.manifest), 'utf8'));
  const entry = manifest.documents[0];
  for (const planted of [
    { ...entry, path: 'theirs', target: null, digest: null },
    { ...entry, path: 'theirs' },
    { ...entry, path: 'theirs', owner: 'scaffold' },
    { ...entry, path: '../theirs' },
    { ...entry, path: '.git/config' },
    { ...entry, path: '__proto__' },
  ]) {
    fs.writeFileSync(at(folder, folder.manifest), JSON.stringify({ ...manifest, documents: [entry, planted] }));
    const outcome = await lay(folder, [file('ours', '2', { target: 't' })]);
    assert.equal(fs.readFileSync(at(folder, 'theirs'), 'utf8'), 'theirs', JSON.stringify([planted, codes(outcome)]));
  }
});
