import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compile } from '../../lib/pipeline.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Text by path, of all files below folders whose name ends so. */
function textsIn(folders: readonly string[], ending: RegExp): Map<string, string> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => ending.test(path))
      .map((path) => join(folder, path)),
  );
  assert.ok(files.length > 0);
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

function linesWith(texts: ReadonlyMap<string, string>, pattern: RegExp): string[] {
  return [...texts].flatMap(([file, text]) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

test('Jsonnet uses nothing that is slow in this libjsonnet', () => {
  const slow = /\bstd\.(format|manifest\w*|sort|join|mergePatch|set\w*|uniq|prune)\b| % /;
  const code = new Map(
    [...textsIn(['lib'], /\.(lib|j)sonnet$/)].map(([file, text]) => [
      file,
      text.replaceAll(/\|\|\|[\s\S]*?\|\|\||\/\/.*/g, ''),
    ]),
  );
  assert.deepEqual(linesWith(code, slow), []);
  assert.equal(
    linesWith(
      new Map([
        ['a', "'%s' % x"],
        ['b', 'std.sort(a)'],
      ]),
      slow,
    ).length,
    2,
  );
});

test('Jsonnet decides nothing: it reads nothing but data beside it, no environment and no native function', () => {
  // Just so written, `render` puts the data in its place; what it left would cost 10 ms each.
  const reads = /\bstd\.(extVar|native)\b|\bimport(str|bin)\b|\bimport\b(?! '[\w.-]+\.json')/;
  assert.deepEqual(linesWith(textsIn(['lib'], /\.(lib|j)sonnet$/), reads), []);
});

for (const entry of ['platform.config.ts', 'test/organisations/ferry/platform.config.ts'])
  test(`nothing of ${entry} is named in lib, policies or scripts`, async () => {
    const { model } = await compile({ root, entry });
    assert.ok(model);
    const names = [
      ...[model.name, model.registry.name, model.gitops.name, model.infrastructure.name],
      ...[...Object.keys(model.services), ...Object.keys(model.sources)],
      ...Object.values(model.environments).flatMap(({ domain, cluster, resourceGroup }) => [
        domain,
        cluster.name,
        resourceGroup,
      ]),
    ];
    // A plain word such as `manifest` names nobody, even where an organisation calls a service so.
    const telling = names.filter((name) => name === model.name || /[-.]/.test(name));
    assert.ok(telling.length > 5);
    const pattern = new RegExp(
      `(?<![\\w-])(${telling.map((name) => name.replaceAll(/[.\\/]/g, '\\$&')).join('|')})(?![\\w-])`,
      'i',
    );
    assert.deepEqual(
      linesWith(textsIn(['lib', 'policies', 'scripts'], /\.(ts|json|libsonnet|rego|hcl|ya?ml|tpl)$/), pattern),
      [],
    );
  });

/** Which folders of `lib` a folder may import from, beside `finding` and `json.ts`: the pipeline's own order. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  finding: [],
  load: [],
  config: [],
  model: ['config'],
  judge: ['model'],
  waivers: ['config', 'judge'],
  kinds: ['model', 'azure', 'render', 'print'],
  azure: ['model', 'kinds'],
  targets: ['kinds'],
  render: ['model', 'kinds'],
  print: ['kinds', 'render', 'model'],
  verify: ['kinds', 'model', 'render', 'write', 'print'],
  write: ['kinds'],
};

test('a stage never reaches back', () => {
  const wrong: string[] = [];
  for (const [file, text] of textsIn(['lib'], /\.ts$/)) {
    const [, folder] = file.split('/');
    const known = folder === undefined ? undefined : allowed[folder];
    if (known === undefined) continue;
    for (const [, path = ''] of text.matchAll(/from '((?:\.\.\/)+[^']+)'/g)) {
      const [target = ''] = join(file, '..', path).split('/').slice(1);
      if (!/^(finding|json\.ts)$/.test(target) && target !== folder && !known.includes(target))
        wrong.push(`${file} imports ${path}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('the folders of lib and this table are the same', () => {
  const folders = readdirSync(join(root, 'lib'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['chart', 'commands'].includes(entry.name))
    .map(({ name }) => name);
  assert.deepEqual(folders.sort(), Object.keys(allowed).sort());
});

test('only the stages at the edge touch the disk while a platform is compiled', () => {
  const effects = /from 'node:(fs|fs\/promises|child_process|net|http|https|os|worker_threads)'/;
  const files = linesWith(
    textsIn(['lib/config', 'lib/model', 'lib/print', 'lib/verify', 'lib/finding'], /\.ts$/),
    effects,
  );
  assert.deepEqual(files, []);
});

test('what CI runs is what people are told to run', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const told = [...textsIn(['.'], /^(README|CONTRIBUTING)\.md$/).values()].join('\n');
  for (const [, name = ''] of told.matchAll(/npm run (?:--silent )?([a-z]+)/g))
    assert.ok(name in scripts, `npm run ${name}`);
});
