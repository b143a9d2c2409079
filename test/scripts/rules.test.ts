import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { WrongCall } from '../../lib/commands/wrong-call.ts';
import type { Json } from '../../lib/json.ts';
import { policiesFolder } from '../../lib/judge/lock.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { catalogue } from '../../scripts/rules/catalogue.ts';
import { exampleLines } from '../../scripts/rules/example.ts';
import { list } from '../../scripts/rules/list.ts';
import { newRule } from '../../scripts/rules/new.ts';
import { readCall } from '../../scripts/rules/options.ts';
import { profileText } from '../../scripts/rules/profile.ts';
import { readRules, type ShownRule } from '../../scripts/rules/rules.ts';
import { ruleNamed, show } from '../../scripts/rules/show.ts';
import { TO_BE_SAID } from '../../scripts/rules/skeleton.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rules = await readRules(policiesFolder);

const rule: ShownRule = {
  id: 'boats/no_anchor',
  title: 'A boat has an anchor',
  description: 'a boat without `anchor` drifts on <water> and is found a long way from where somebody left it',
  severity: 'warning',
  scope: 'service',
  remedy: 'add an anchor',
  references: ['https://boats.example/anchors'],
  examples: { fails: { boats: { ann: { anchor: null, crew: 2 } } }, passes: { boats: { ann: { crew: 2 } } } },
};

/** What the program itself does. */
function called(...args: string[]): { code: number | null; out: string; error: string } {
  const call = ['--import', 'tsx', 'scripts/rules/main.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, call, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PLATFORM_JUDGES: join(tmpdir(), 'no-judges') },
  });
  return { code: status, out: stdout, error: stderr };
}

describe('a call', () => {
  test('says what to do', () => {
    assert.deepEqual(readCall([]), { command: 'list' });
    assert.deepEqual(readCall(['list']), { command: 'list' });
    assert.deepEqual(readCall(['catalogue']), { command: 'catalogue' });
    assert.deepEqual(readCall(['show', 'boats/no_anchor']), { command: 'show', id: 'boats/no_anchor' });
    assert.deepEqual(readCall(['new', 'boats/no_anchor']), { command: 'new', id: 'boats/no_anchor' });
    assert.deepEqual(readCall(['--profile']), { command: 'profile', services: 1000 });
    assert.deepEqual(readCall(['--profile', '--services', '7']), { command: 'profile', services: 7 });
    assert.deepEqual(readCall(['show', '--help']), { command: 'help' });
  });

  for (const [args, message] of Object.entries({
    shwo: /^there is no command `shwo`; did you mean `show`\?$/,
    frobnicate: /^there is no command `frobnicate`; there are list, show, new, catalogue$/,
    show: /^`show` needs the id of a rule, such as services\/single_replica$/,
    'show a b': /^`show` takes no `b`$/,
    'list a': /^`list` takes no `a`$/,
    '--profile a': /^--profile takes no `a`$/,
    '--services 7': /^--services is an option of --profile$/,
    '--profile --services 0': /^--services takes a whole number from 1 to 20000, not `0`$/,
    '--frobnicate': /^Unknown option '--frobnicate'$/,
  }))
    test(`a wrong one is told in a line: ${args}`, () => {
      assert.throws(
        () => readCall(args.split(' ')),
        (error) => error instanceof WrongCall && message.test(error.message),
      );
    });

  test('that is wrong ends with exit code 2', () => {
    assert.deepEqual(called('show', 'services/single_replca'), {
      code: 2,
      out: '',
      error: 'rules: there is no rule `services/single_replca`; did you mean `services/single_replica`?\n',
    });
  });

  test('to measure, without opa, says how to install it and ends with exit code 2', () => {
    const { code, error } = called('--profile');
    assert.equal(code, 2);
    assert.match(error, /^rules: judge `opa` \S+ is not installed\n {2}help: npm run judges -- install opa\n$/);
  });
});

describe('the list', () => {
  test('has every rule in a line, below its category', () => {
    const lines = list(rules.built).trimEnd().split('\n');
    let category = '';
    const ids: string[] = [];
    for (const line of lines.filter((text) => text !== '')) {
      const [, id] = /^ {2}(\S+) +(?:error|warning|notice) +[a-z]+ +\S/.exec(line) ?? [];
      if (id === undefined) category = line;
      else {
        assert.equal(id.split('/')[0], category);
        ids.push(id);
      }
    }
    assert.deepEqual(
      ids,
      rules.built.map(({ id }) => id),
    );
  });

  test('is cut to the width of a terminal', () => {
    const lines = list(rules.built, 80).split('\n');
    assert.ok(lines.every(({ length }) => length <= 80));
    assert.ok(lines.some((line) => line.endsWith('…')));
    assert.equal(list([rule]), 'boats\n  boats/no_anchor  warning  service  A boat has an anchor\n');
  });
});

describe('a rule that is shown', () => {
  test('says all there is to know, wrapped to the terminal', () => {
    assert.equal(
      show(rule, 60),
      `boats/no_anchor (warning)
  A boat has an anchor

  why: a boat without \`anchor\` drifts on <water> and is
    found a long way from where somebody left it
  help: add an anchor
  scope: service
  see: https://boats.example/anchors
  lies in: policies/boats/no_anchor/

This fails:

    boats: {
      ann: {
        // anchor: taken away
        crew: 2,
      },
    },

This passes:

    boats: { ann: { crew: 2 } },
`,
    );
  });

  test('is one on changes: what was there before comes first', () => {
    const change: ShownRule = { ...rule, scope: 'change', examples: { before: {}, fails: { a: 1 }, passes: { a: 2 } } };
    assert.match(
      show(change),
      /\nBefore:\n\n {4}\/\/ the platform as it is\n\nA change to this fails:\n\n {4}a: 1,\n\nA change to this passes:\n\n {4}a: 2,\n$/,
    );
  });

  test('has examples, unless no configuration breaks it', () => {
    for (const one of rules.built)
      assert.match(
        show(one),
        one.examples ? /fails:\n\n {4}\S[\s\S]*passes:\n\n {4}\S/ : /No configuration breaks it/,
        one.id,
      );
  });

  test('is found by its name alone', () => {
    assert.equal(ruleNamed('single_replica', rules).id, 'services/single_replica');
  });

  for (const [id, message] of Object.entries({
    'service/single_replica': /did you mean `services\/single_replica`\?$/,
    'network/single_replica': /did you mean `services\/single_replica`\?$/,
    single_replca: /did you mean `services\/single_replica`\?$/,
    'frob/nicate': /`npm run rules` prints those there are$/,
  }))
    test(`is not ${id}`, () => assert.throws(() => ruleNamed(id, rules), message));

  test('has to be built', () => {
    assert.throws(
      () => ruleNamed('boats/no_anchor', { ...rules, notBuilt: ['boats/no_anchor'] }),
      /^Error: `boats\/no_anchor` was not built yet: npm run policies$/,
    );
  });
});

describe('an example', () => {
  test('is what a person writes: TypeScript that means the patch, but for what is taken away', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (patch) => {
        const written = new Function(`return {\n${exampleLines(patch as Json).join('\n')}\n};`)();
        assert.equal(JSON.stringify(written), JSON.stringify(applyPatch({}, patch)));
      }),
    );
  });

  test('shows a `null` that is written, and a comment for one that takes away', () => {
    assert.deepEqual(exampleLines({ a: { 'b-c': null } }, ['a.d', 'e']), [
      ...['a: {', '  // b-c: taken away', '  d: null,', '},'],
      'e: null,',
    ]);
  });

  test('shows of a ciphertext how it begins', () => {
    const [line] = exampleLines({ KEY: `AQ${'B'.repeat(700)}` });
    assert.equal(line, "KEY: 'AQBBBBBBBBBBBBBBBBBBBBBB… (702 characters)',");
  });
});

describe('the catalogue', () => {
  const text = catalogue(rules.built);

  test('has a section for every rule, and links lead to what is there', () => {
    const headings = [...text.matchAll(/^### `(.+)`$/gm)].map(([, id]) => id);
    assert.deepEqual(
      headings,
      rules.built.map(({ id }) => id),
    );
    const anchors = new Set(headings.map((id = '') => `#${id.replaceAll(/[^\w-]/g, '')}`));
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
    assert.ok(links.length >= 2 * headings.length);
    for (const link of links)
      assert.ok(link.startsWith('#') ? anchors.has(link) : existsSync(join(root, 'docs', link)), link);
  });

  test('takes texts for texts', () => {
    const one = catalogue([{ ...rule, title: 'a | b' }]);
    assert.ok(one.includes('drifts on \\<water\\> and'));
    assert.ok(one.includes('| a \\| b |'));
  });
});

describe('a new rule', () => {
  function policies(t: TestContext): { folder: URL; path: string } {
    const path = mkdtempSync(join(tmpdir(), 'rules-'));
    t.after(() => rmSync(path, { recursive: true, force: true }));
    for (const category of ['lib', 'services']) mkdirSync(join(path, 'policies', category), { recursive: true });
    return { folder: pathToFileURL(`${join(path, 'policies')}/`), path };
  }

  test('has all that a rule has, and says what to do next', async (t) => {
    const { folder, path } = policies(t);
    const steps = await newRule('services/no_anchor', folder);
    const files = readdirSync(join(path, 'policies/services/no_anchor')).sort();
    assert.deepEqual(files, ['examples.json', 'rule.rego', 'rule_test.rego']);
    assert.deepEqual(readdirSync(join(path, '.cache')), []);
    const text = readFileSync(join(path, 'policies/services/no_anchor/rule.rego'), 'utf8');
    assert.match(text, /^package services\.no_anchor$/m);
    for (const word of ['title', 'description', 'related_resources', 'severity', 'scope', 'remedy'])
      assert.match(text, new RegExp(`^# +${word}:`, 'm'));
    assert.match(steps, /^Next \(docs\/writing-rules\.md says more\):\n {2}1\. /);
    assert.match(steps, /`opa test policies --run services\.no_anchor`/);
  });

  test('of a new category says so, as that may be a mistake', async (t) => {
    const { folder } = policies(t);
    assert.match(await newRule('service/no_anchor', folder), /^service is a new category; did you mean `services`\?\n/);
    assert.match(await newRule('boats/no_anchor', folder), /^boats is a new category\n/);
  });

  for (const [id, message] of Object.entries({
    no_anchor: /is not <category>\/<name>/,
    '/no_anchor': /is not <category>\/<name>/,
    'services/': /is not <category>\/<name>/,
    'services/no/anchor': /is not <category>\/<name>/,
    'services/NoAnchor': /name `NoAnchor` is not snake_case/,
    'services/no-anchor': /name `no-anchor` is not snake_case/,
    'services/no__anchor': /name `no__anchor` is not snake_case/,
    'services/1_anchor': /name `1_anchor` is not snake_case/,
    '../no_anchor': /category `\.\.` is not snake_case/,
    'my boats/no_anchor': /category `my boats` is not snake_case/,
    'services/with': /name `with` is a word of Rego/,
    'services/anchor_test': /ends like a test/,
    'lib/no_anchor': /category `lib` is a word for something else/,
    'model/no_anchor': /category `model` is a word for something else/,
  }))
    test(`is not called ${id}`, async (t) => {
      const { folder, path } = policies(t);
      await assert.rejects(newRule(id, folder), (error) => error instanceof WrongCall && message.test(error.message));
      assert.deepEqual(readdirSync(path, { recursive: true }).sort(), [
        'policies',
        'policies/lib',
        'policies/services',
      ]);
    });

  test('has no category that is called like a stage, whose codes would look alike', async (t) => {
    const { folder } = policies(t);
    const entries = readdirSync(join(root, 'lib'), { withFileTypes: true });
    for (const { name } of entries.filter((entry) => entry.isDirectory()))
      await assert.rejects(newRule(`${name}/no_anchor`, folder), /is a word for something else here$/);
  });

  test('is not made where one is, and nothing of that one changes', async (t) => {
    const { folder, path } = policies(t);
    await newRule('services/no_anchor', folder);
    const file = join(path, 'policies/services/no_anchor/rule.rego');
    writeFileSync(file, 'mine');
    await assert.rejects(newRule('services/no_anchor', folder), /^Error: `services\/no_anchor` is there/);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
  });

  test('is made once where two are made at once', async (t) => {
    const { folder, path } = policies(t);
    const both = await Promise.allSettled([1, 2].map(() => newRule('boats/no_anchor', folder)));
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal(readdirSync(join(path, 'policies/boats/no_anchor')).length, 3);
    assert.deepEqual(readdirSync(join(path, '.cache')), []);
  });

  test('that cannot be written leaves nothing behind', async (t) => {
    const { folder, path } = policies(t);
    writeFileSync(join(path, '.cache'), 'a file where a folder should be');
    await assert.rejects(newRule('boats/no_anchor', folder));
    assert.ok(!existsSync(join(path, 'policies/boats')));
  });

  test('is not committed as it was made', () => {
    const files = readdirSync(policiesFolder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.rego'),
    );
    const left = files.filter((file) => readFileSync(new URL(file, policiesFolder), 'utf8').includes(TO_BE_SAID));
    assert.deepEqual(left, []);
  });

  test('is told of until it is built', async (t) => {
    const { folder, path } = policies(t);
    writeFileSync(
      join(path, 'policies/policies.lock.json'),
      JSON.stringify({ opa: '1', wasm: '', sources: {}, rules: [] }),
    );
    await newRule('boats/no_anchor', folder);
    assert.deepEqual(await readRules(folder), { built: [], notBuilt: ['boats/no_anchor'] });
  });
});

test('a profile names the most expensive rule first, and says what was measured', () => {
  const text = profileText({
    services: 1000,
    rules: [
      { id: 'boats/a', scope: 'platform', milliseconds: 1 },
      { id: 'boats/b', scope: 'service', milliseconds: 3 },
    ],
    scopes: [
      { scope: 'platform', inputs: 1, reading: 2, together: 1 },
      { scope: 'service', inputs: 5, reading: 100, together: 2.5 },
    ],
    findings: 0,
    notMeasured: ['boats/c'],
  });
  assert.equal(
    text,
    `rule     scope      ms   share
───────  ────────  ───  ──────
boats/b  service   3.0  75.0 %
boats/a  platform  1.0  25.0 %

4.0 ms: all of them, one by one; 3.5 ms: at once, as the judge asks them
102 ms: reading the model, for all of them together

Measured on a platform of 1,000 services in two environments, in which they find nothing: 1 input of scope platform, 5 inputs of scope service.
In the wasm that the judge runs, without its start; the median of 5 on each input.
Not measured, as they read documents: boats/c.
`,
  );
});
