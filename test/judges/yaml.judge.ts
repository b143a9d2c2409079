import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { yamlLines } from '../../lib/print/yaml.ts';
import { nastyStrings } from '../print/nasty.ts';
import { accepted, testWith } from './ledger.ts';

/**
 * Every nasty string as a value, an item and a key, with numbers between them. Ten objects and not one: YAML 1.1 asks readers to keep
 * no more than the start of a key in mind, and some count.
 */
const value = {
  values: nastyStrings.map((text) => ({ text, list: [text, [text]] })),
  keys: nastyStrings.map((text) => ({ [text]: { [text]: text } })),
  together: Object.fromEntries(nastyStrings.map((text, index) => [text, index])),
  numbers: [0, 1, -1, 1000000, 12345678, 0.1, 1.5e-9, 1e21, 9007199254740991],
  others: [true, false, null, [], {}],
};
const text = `${yamlLines(value, { keys: (object) => Object.keys(object) }).join('\n')}\n`;

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'yaml-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a Python program that reads the file in `sys.argv[1]` makes of it, as JSON. */
async function readByPython(name: string, read: string): Promise<unknown> {
  return inFolder(async (folder) => {
    const file = join(folder, 'a.yaml');
    await writeFile(file, text);
    const program = `import sys, json\nsource = open(sys.argv[1], encoding='utf-8', newline='').read()\n${read}\nprint(json.dumps(value))`;
    return JSON.parse(accepted(name, ['-c', program, file], { documents: 1 }));
  });
}

testWith('PyYAML')('PyYAML, a reader of YAML 1.1, reads what was meant', async () => {
  assert.deepEqual(await readByPython('PyYAML', 'import yaml\nvalue = yaml.safe_load(source)'), value);
});

for (const version of ['1.1', '1.2']) {
  testWith('ruamel.yaml')(`ruamel.yaml, reading YAML ${version}, reads what was meant`, async () => {
    const read = `from ruamel.yaml import YAML\nreader = YAML(typ='safe', pure=True)\nreader.version = '${version}'\nvalue = reader.load(source)`;
    assert.deepEqual(await readByPython('ruamel.yaml', read), value);
  });
}

for (const helm of ['helm3', 'helm4']) {
  testWith(helm)(`${helm}, whose reader is Kubernetes' and Argo CD's, reads what was meant`, () =>
    inFolder(async (folder) => {
      const chart = join(folder, 'chart');
      await mkdir(join(chart, 'templates'), { recursive: true });
      await writeFile(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: a\nversion: 1.0.0\n');
      // Helm reads again what it rendered, so what it read travels in base64.
      await writeFile(join(chart, 'templates', 'a.yaml'), 'read: {{ omit .Values "global" | toJson | b64enc }}\n');
      const file = join(folder, 'values.yaml');
      await writeFile(file, text);
      const rendered = accepted(helm, ['template', 'a', chart, '-f', file], { documents: 1 });
      const encoded = /^read: (\S+)$/m.exec(rendered)?.[1] ?? '';
      const read = JSON.parse(Buffer.from(encoded, 'base64').toString());
      // Helm takes away keys whose value is null, and its numbers are float64.
      assert.deepEqual(read, value);
    }),
  );
}
