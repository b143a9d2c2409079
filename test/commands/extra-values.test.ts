import assert from 'node:assert/strict';
import test from 'node:test';
import { parse } from 'yaml';
import { workspace } from './workspace.ts';

test('in one environment, null takes away an extra Helm value that the service has', async (t) => {
  const { edit, read, run } = workspace(t, 'ferry');
  edit("{ podAnnotations: { 'example.org/crew': 'deck' } },", "{ podAnnotations: { crew: 'deck', deck: 'upper' } },");
  edit('crossing: { workloadIdentity: {} },', 'crossing: { extraHelmValues: { podAnnotations: { deck: null } } },');
  const { code, error } = await run('compile');
  assert.equal(code, 0, error);
  const annotations = (environment: string) => parse(read(`out/deploy/${environment}/web/values.yaml`)).podAnnotations;
  assert.deepEqual(annotations('island'), { crew: 'deck', deck: 'upper' });
  assert.deepEqual(annotations('crossing'), { crew: 'deck' });
});
