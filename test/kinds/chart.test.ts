import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { chart } from '../../lib/kinds/chart/kind.ts';
import { print } from '../../lib/print/print.ts';
import { exampleModel } from '../example.ts';

const folder = new URL('../../lib/chart/', import.meta.url);

test('the chart is copied byte by byte, into the folder where Applications look for it', () => {
  const plans = chart.list(exampleModel());
  assert.ok(plans.length > 10);
  for (const { target, path, text, slice } of plans) {
    assert.equal(target, 'acme-gitops');
    assert.match(path, /^charts\/service\//);
    assert.equal(text, readFileSync(new URL(path.slice('charts/service/'.length), folder), 'utf8'));
    assert.deepEqual(slice, {});
  }
});

test('every file of the chart says what made it, in a form that its readers skip', () => {
  const header = 'Made by a test. Do not edit.';
  for (const plan of chart.list(exampleModel())) {
    const [first, second] = print({ kind: chart, plan }, plan.text, [header]).split('\n');
    if (plan.path.endsWith('.json')) assert.equal(first, '{');
    else if (plan.path.includes('/templates/')) assert.equal(first, `{{- /* ${header} */ -}}`);
    else assert.match(first ?? '', /^(# Made by a test\. Do not edit\.|<!-- Made by a test\. Do not edit\. -->)$/);
    assert.ok(second !== undefined);
  }
});

test('files of the chart come sorted, templates with their folder', () => {
  const paths = chart.list(exampleModel()).map(({ path }) => path);
  assert.deepEqual(paths, [...paths].sort());
  assert.deepEqual(paths.slice(0, 3), [
    'charts/service/Chart.yaml',
    'charts/service/README.md',
    'charts/service/templates/_checks.tpl',
  ]);
});

test('environments that share the chart get one copy, one that has another folder gets its own', () => {
  const model = exampleModel();
  const { blue } = model.environments;
  assert.ok(blue);
  const moved = { ...blue, delivery: { ...blue.delivery, chart: 'charts/blue' } };
  const one = chart.list(model).length;
  assert.equal(chart.list({ ...model, environments: { ...model.environments, blue: moved } }).length, 2 * one);
});
