// How often the rules on secrets are wrong, by measurement: what is written there is a limit, and what is measured is a diagnostic.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judge } from '../../lib/judge/judge.ts';
import { platforms } from '../platforms/platforms.ts';
import { harmless, secrets, type Variable } from './corpora.ts';
import { variablesIn } from './variables.ts';

const RULES = ['secrets/plain_credential', 'secrets/random_text'] as const;

/** The places in the list of what a rule finds. */
async function foundBy(rule: (typeof RULES)[number], variables: readonly Variable[]): Promise<Set<number>> {
  const findings = await judge(variablesIn(variables));
  return new Set(
    findings
      .filter(({ code }) => code === rule)
      .flatMap(({ subject: [, , , , list, index] }) => (list === 'envs' ? [Number(index)] : [])),
  );
}

test('of two hundred harmless variables next to none is taken for a secret', async (t) => {
  assert.ok(harmless.length >= 200);
  for (const [rule, most] of [
    ['secrets/plain_credential', 1],
    ['secrets/random_text', 4],
  ] as const) {
    const found = [...(await foundBy(rule, harmless))].map((index) => harmless[index]?.[0]);
    t.diagnostic(`${rule}: ${found.length} of ${harmless.length}: ${found.join(', ')}`);
    assert.ok(found.length <= most, found.join(', '));
  }
});

test('of two hundred secrets most are found, and of those that are drawn at random nearly all', async (t) => {
  assert.equal(secrets.length, 200);
  const variables = secrets.map(({ variable }) => variable);
  const [named, random] = await Promise.all(RULES.map((rule) => foundBy(rule, variables)));
  const rate = (which: (secret: (typeof secrets)[number]) => boolean, found: (index: number) => boolean) => {
    const indices = secrets.flatMap((secret, index) => (which(secret) ? [index] : []));
    return indices.filter(found).length / indices.length;
  };
  const isNamed = (index: number) => named?.has(index) === true;
  const isRandom = (index: number) => random?.has(index) === true;
  const either = (index: number) => isNamed(index) || isRandom(index);
  const told = {
    'by its name or form, under a telling name': rate(({ telling }) => telling, isNamed),
    'by its name or form, under another': rate(({ telling }) => !telling, isNamed),
    'by its looks, under another': rate(({ telling }) => !telling, isRandom),
    'by either, under another': rate(({ telling }) => !telling, either),
    'by either, of all': rate(() => true, either),
  };
  for (const [what, share] of Object.entries(told)) t.diagnostic(`${what}: ${Math.round(share * 100)} %`);
  for (const sort of new Set(secrets.map(({ sort }) => sort)))
    t.diagnostic(
      `${sort}, under another name: ${Math.round(rate((secret) => secret.sort === sort && !secret.telling, either) * 100)} %`,
    );
  assert.ok(told['by its name or form, under a telling name'] >= 0.9);
  assert.ok(told['by either, of all'] >= 0.8);
});

test('no value that is drawn for a platform is taken for one drawn at random', async (t) => {
  const values = fc
    .sample(platforms, 300)
    .flatMap(({ services, presets }) =>
      [...Object.values(services), ...Object.values(presets ?? {})].flatMap(({ envs }) =>
        Object.entries(envs ?? {}).flatMap(([name, value]): Variable[] =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
      ),
    );
  const found = await foundBy('secrets/random_text', values);
  t.diagnostic(`${found.size} of ${values.length}`);
  assert.ok(values.length > 100);
  assert.ok(found.size <= values.length * 0.01);
});
