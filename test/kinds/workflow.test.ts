import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { printFinding } from '../../lib/finding/print.ts';
import { actions } from '../../lib/kinds/workflow/actions.ts';
import { workflow } from '../../lib/kinds/workflow/kind.ts';
import type { Model } from '../../lib/model/model.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { verify } from '../../lib/verify/verify.ts';
import { exampleModel } from '../example.ts';
import { codes, documentAt, make } from '../verify/documents.ts';

const model = exampleModel();
const workflows = await make(model, workflow);
const blue = documentAt(workflows, '.github/workflows/blue.yaml');

/** An expression of GitHub, which in a template of ours would be one of JavaScript's. */
const expression = (text: string) => ['$', '{{ ', text, ' }}'].join('');

/** The step of a job that a predicate picks, replaced. */
function withStep(change: (step: Record<string, unknown>, index: number) => Record<string, unknown>): unknown {
  return applyPatch(blue.value, { jobs: { images: { steps: blue.value.jobs.images.steps.map(change) } } });
}

test('a repository has one workflow for an environment', () => {
  assert.deepEqual(
    workflows.map(({ plan }) => `${plan.target}/${plan.path}`),
    ['shop/.github/workflows/blue.yaml', 'shop/.github/workflows/green.yaml'],
  );
  assert.equal(blue.text, readFileSync(new URL('../verify/expected/workflow.yaml', import.meta.url), 'utf8'));
});

test('it is pushed to by nobody but who pushes to the branch of the environment', () => {
  for (const { plan, value } of workflows) {
    assert.deepEqual(Object.keys(value.on), ['push']);
    assert.deepEqual(value.on.push.branches, [model.environments[plan.environment ?? '']?.branch]);
    assert.equal(value.jobs.images.environment, plan.environment);
  }
});

test('without paths to ignore or targets to build, there is no word of them', async () => {
  const { shop } = model.sources;
  assert.ok(shop?.workflows.blue);
  const images = [{ name: 'shop', context: '.', dockerfile: 'Dockerfile', target: null }];
  const plain: Model = {
    ...model,
    sources: { shop: { ...shop, workflows: { blue: { ...shop.workflows.blue, images, pathsIgnore: [] } } } },
  };
  const [made] = await make(plain, workflow);
  assert.deepEqual(made?.value.on, { push: { branches: ['main'] } });
  assert.deepEqual(made?.value.jobs.images.strategy.matrix.include, [
    { image: 'shop', context: '.', file: 'Dockerfile' },
  ]);
  assert.doesNotMatch(made?.text ?? '', /target|paths-ignore/);
});

test('actions are pinned by commit, and a comment says which release that is', () => {
  const used = [...blue.text.matchAll(/uses: (\S+)@(\S+)(.*)/g)];
  assert.deepEqual(used.map(([, name = '']) => name).sort(), Object.keys(actions).sort());
  for (const [, name = '', commit, comment] of used) {
    assert.match(commit ?? '', /^[0-9a-f]{40}$/);
    assert.equal(comment, ` # ${actions[name]?.version}`);
  }
});

test('every permission to write says what it is for', () => {
  for (const { text } of workflows) {
    assert.equal([...text.matchAll(/: write$/gm)].length, 0);
    assert.equal(
      [...text.matchAll(/id-token: write # azure\/login shows it to Azure instead of a stored password$/gm)].length,
      1,
    );
  }
});

test('no script and no variable of a script holds an expression, whatever the model holds', () => {
  for (const { value } of workflows) {
    for (const { run, env = {} } of value.jobs.images.steps)
      if (run !== undefined) assert.doesNotMatch(JSON.stringify([run, env]), /\$\{\{/);
  }
});

test('text of the model that GitHub would evaluate is refused, wherever it stands', async () => {
  const { shop } = model.sources;
  const known = shop?.workflows.blue;
  assert.ok(shop && known);
  const evil = expression('secrets.OTHER');
  const image = { name: 'shop', context: '.', dockerfile: 'Dockerfile', target: null };
  const places: (Partial<typeof known> & { at: string })[] = [
    { name: evil, at: 'name' },
    { runner: evil, at: 'jobs.images.runs-on' },
    { githubEnvironment: evil, at: 'jobs.images.environment' },
    { registry: evil, at: 'jobs.images.steps[3].env.REGISTRY' },
    { tagSuffix: evil, at: 'jobs.images.steps[1].env.TAG_SUFFIX' },
    { images: [{ ...image, context: evil }], at: 'jobs.images.strategy.matrix.include[0].context' },
    { images: [{ ...image, name: evil }], at: 'jobs.images.strategy.matrix.include[0].image' },
    { loginServerSecret: `A }}${expression('github.token')}${'$'}{{ secrets.B`, at: 'jobs.images.steps[5].with.tags' },
  ];
  for (const { at, ...change } of places) {
    const attacked: Model = { ...model, sources: { shop: { ...shop, workflows: { blue: { ...known, ...change } } } } };
    await assert.rejects(
      make(attacked, workflow),
      (error: Error) => error.message.includes(`yaml ${at} error verify/value`),
      at,
    );
  }
});

test('an input that an action does not have is refused, with the one that was meant', () => {
  const value = withStep((step) =>
    String(step.uses).startsWith('docker/build-push') ? { ...step, with: { contxt: '.' } } : step,
  );
  const { kind, plan } = blue;
  assert.deepEqual(
    verify(model, [{ kind, plan, value }]).map((finding) => printFinding(finding)),
    [
      [
        'shop/.github/workflows/blue.yaml jobs.images.steps[5].with.contxt error verify/unknown-field',
        '  workflow has no field `jobs.images.steps[5].with.contxt`; nearest: `context`',
        '',
      ].join('\n'),
    ],
  );
});

test('an action that is not pinned, or not known, is refused', () => {
  for (const uses of ['actions/checkout@v7', 'actions/checkout', `evil/action@${'0'.repeat(40)}`]) {
    assert.deepEqual(
      codes(
        model,
        blue,
        withStep((step, index) => (index === 0 ? { uses } : step)),
      ),
      ['verify/value'],
      uses,
    );
  }
});

test('a mistake deep in a job is told as what it is', () => {
  const found = (change: object) => {
    const { kind, plan } = blue;
    const value = applyPatch(blue.value, { jobs: { images: change } });
    return verify(model, [{ kind, plan, value }]).map(({ message }) => message);
  };
  assert.deepEqual(found({ permissions: { 'id-tokn': 'write' } }), [
    'workflow has no field `jobs.images.permissions.id-tokn`; nearest: `id-token`',
  ]);
  assert.deepEqual(found({ 'timeout-minutes': null }), ['workflow lacks the field `jobs.images.timeout-minutes`']);
  assert.deepEqual(found({ 'time-out-minutes': 3 }), [
    'workflow has no field `jobs.images.time-out-minutes`; nearest: `timeout-minutes`',
  ]);
  assert.deepEqual(found({ strategy: { matrix: 'x' } }), ['`jobs.images.strategy.matrix` of workflow is the text "x"']);
});

test('GitHub’s schema is the copy that its notice names', () => {
  const folder = new URL('../../lib/kinds/workflow/github/', import.meta.url);
  const digest = createHash('sha256')
    .update(readFileSync(new URL('schema.json', folder)))
    .digest('hex');
  assert.match(readFileSync(new URL('NOTICE.md', folder), 'utf8'), new RegExp(`sha256 ${digest}`));
});

test('pins agree with the actions as they were read, where those lie beside the checkout', (t) => {
  let read: { actions: { uses: string; tag: string; commit: string; inputs: object }[] };
  try {
    const file = new URL('../../../shared/reference/modules/github-actions.json', import.meta.url);
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    t.diagnostic('not run: the actions do not lie beside the checkout');
    return;
  }
  for (const [name, { version, commit, inputs }] of Object.entries(actions)) {
    const known = read.actions.find(({ uses }) => uses === name);
    assert.deepEqual(
      { version, commit, inputs },
      known && { version: known.tag, commit: known.commit, inputs: Object.keys(known.inputs).sort() },
    );
  }
});

/** What the tag step gives to later steps for a branch, run as the runner runs it. */
function outputsOf(branch: string, run: number, suffix: string): string {
  const step = parse(blue.text).jobs.images.steps.find(({ id }: { id?: string }) => id === 'tag');
  const folder = mkdtempSync(join(tmpdir(), 'tag-'));
  const output = join(folder, 'output');
  try {
    execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      env: {
        PATH: process.env.PATH,
        ...step.env,
        TAG_SUFFIX: suffix,
        GITHUB_REF_NAME: branch,
        GITHUB_RUN_NUMBER: String(run),
        GITHUB_OUTPUT: output,
      },
    });
    return readFileSync(output, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tagOf(branch: string, run: number, suffix: string): string {
  return outputsOf(branch, run, suffix).replace(/^time=.*\n/m, '');
}

test('an image is as old as its build, even where every layer comes from the cache', () => {
  const before = Math.floor(Date.now() / 1000);
  const time = Number(/^time=(\d+)$/m.exec(outputsOf('main', 7, '-s'))?.[1]);
  assert.ok(before <= time && time <= Date.now() / 1000);
  const build = parse(blue.text).jobs.images.steps.at(-1);
  assert.deepEqual(build.env, { SOURCE_DATE_EPOCH: '${{ steps.tag.outputs.time }}' });
});

test('environments of one branch do not wait for each other', () => {
  assert.equal(parse(blue.text).concurrency.group, 'images-${{ github.workflow }}-${{ github.ref }}');
});

test('the tag of a branch of an environment is the branch, the run and the suffix, and its own updater takes it', () => {
  for (const { branch, imageTag } of Object.values(model.environments)) {
    const tag = tagOf(branch, 41, imageTag.suffix);
    assert.equal(tag, `tag=${branch}-41${imageTag.suffix}\n`);
    const takers = Object.values(model.environments).filter((other) =>
      new RegExp(other.imageTag.pattern).test(tag.slice(4, -1)),
    );
    assert.deepEqual(
      takers.map((taker) => taker.branch),
      [branch],
    );
  }
});

test('whatever a branch is called, its tag is a tag, and no text of the branch is run', () => {
  const long = 'x'.repeat(300);
  const branches: [branch: string, tag: string][] = [
    ['feature/a-b', 'feature-a-b-7-s'],
    ['dependabot/npm_and_yarn/@x/y-1.0', 'dependabot-npm_and_yarn--x-y-1.0-7-s'],
    ['.hid', 'hid-7-s'],
    ['--x', 'x-7-s'],
    ['é/ü', 'ref-7-s'],
    ['///', 'ref-7-s'],
    ['12/merge', '12-merge-7-s'],
    ['$(touch a)`id`', 'touch-a--id--7-s'],
    ['a\nb=c', 'a-b-c-7-s'],
    ['%n%s', 'n-s-7-s'],
    [long, `${long.slice(0, 124)}-7-s`],
  ];
  for (const [branch, tag] of branches) {
    assert.equal(tagOf(branch, 7, '-s'), `tag=${tag}\n`, branch);
    assert.match(tag, /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/);
  }
});
