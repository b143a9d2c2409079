// Whatever a workflow of an environment can produce is accepted by the pattern of that environment's image updater, and by no other's;
// and it is a tag that registries take.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Output } from '../../lib/pipeline.ts';
import { acme } from '../acme.ts';
import { outputsOf } from '../platforms/compiled.ts';
import { holds } from '../platforms/holds.ts';
import { platforms } from '../platforms/platforms.ts';
import { asTypeScript } from '../platforms/text.ts';

/** GitHub counts runs of a workflow from 1 in a 32-bit number. */
const runNumber = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }));

test('a tag that a workflow makes is legal, and taken by the updater of its environment alone', async () => {
  await holds(fc.tuple(platforms, runNumber), async ([platform, run]) => checkTags(await outputsOf(platform), run), {
    runs: 25,
    shown: ([platform, run]) => `// run ${run}\n${asTypeScript(platform)}`,
  });
});

test('environments whose branches look alike do not take each other’s tags', async () => {
  const alike = [
    ['release/1.2', 'release/1-2'],
    ['main', 'main-1'],
    ['a_b', 'a.b'],
    ['x'.repeat(99), 'x'.repeat(100)],
  ] as const;
  for (const [one, other] of alike) {
    const platform = acme();
    Object.assign(platform.environments.blue ?? {}, { branch: one, imageTags: { suffix: '' }, databases: {} });
    Object.assign(platform.environments.green ?? {}, { branch: other, imageTags: { suffix: '' } });
    delete platform.services.shop?.envs?.DATABASE_HOST;
    checkTags(await outputsOf(platform), 1);
  }
});

function checkTags(outputs: readonly Output[], run: number): void {
  for (const { environment, tag } of tagsMade(outputs, run)) {
    assert.match(tag, /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/, 'a tag that no registry takes');
    for (const { environment: other, allowed, image } of updaters(outputs))
      assert.equal(
        allowed.test(tag),
        environment === other,
        `${image} of ${other} and the tag ${tag} of ${environment}`,
      );
  }
}

/** What the step of the workflow that makes a tag says when bash runs it, as GitHub would. */
function tagsMade(outputs: readonly Output[], run: number): { environment: string | undefined; tag: string }[] {
  const workflows = outputs
    .filter(({ kind }) => kind === 'workflow')
    .map(({ environment, text }) => ({ environment, step: tagStep(text) }));
  if (workflows.length === 0) return [];
  // One shell for all of them.
  const script = workflows
    .map(({ step }) => `( ${environmentOf(step, run)} GITHUB_OUTPUT=/dev/stdout; ${step.run}\n) | sed -n 's/^tag=//p'`)
    .join('\n');
  const lines = execFileSync('bash', ['-euo', 'pipefail', '-c', script], { encoding: 'utf8' }).split('\n').slice(0, -1);
  assert.equal(lines.length, workflows.length);
  return workflows.map(({ environment }, index) => ({ environment, tag: lines[index] ?? '' }));
}

type Step = Readonly<{ id?: string; run: string; env: Readonly<Record<string, string>>; branch: string }>;

function tagStep(text: string): Step {
  const { on, jobs } = parse(text) as { on: { push: { branches: string[] } }; jobs: Record<string, { steps: Step[] }> };
  const step = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(({ run }) => run?.includes('tag='));
  assert.ok(step, 'a workflow without a step that makes a tag');
  return { ...step, branch: on.push.branches[0] ?? '' };
}

function environmentOf({ env, branch }: Step, run: number): string {
  const quoted = (value: string) => `'${value.replaceAll("'", "'\\''")}'`;
  const known: Record<string, string> = { '${{ github.ref_name }}': branch, '${{ github.run_number }}': `${run}` };
  const variables = { GITHUB_REF_NAME: branch, GITHUB_RUN_NUMBER: `${run}`, ...env };
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(known[value] ?? value)};`)
    .join(' ');
}

function updaters(outputs: readonly Output[]): { environment: string | undefined; image: string; allowed: RegExp }[] {
  return outputs
    .filter(({ kind }) => kind === 'image-updater')
    .flatMap(({ environment, text }) => {
      const { spec } = parse(text) as {
        spec: { applicationRefs: { images: { imageName: string; commonUpdateSettings: { allowTags: string } }[] }[] };
      };
      return spec.applicationRefs.flatMap(({ images }) =>
        images.map(({ imageName, commonUpdateSettings: { allowTags } }) => ({
          environment,
          image: imageName,
          allowed: new RegExp(allowTags.replace(/^regexp:/, '')),
        })),
      );
    });
}
