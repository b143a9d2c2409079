import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Path } from '../../lib/finding/finding.ts';
import type { Json } from '../../lib/json.ts';
import { openJudge } from '../../lib/judge/judge.ts';
import { compileConfiguration } from '../../lib/pipeline.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { render } from '../../lib/render/render.ts';
import { kinds } from '../../lib/targets/targets.ts';
import { exampleModel } from '../example.ts';
import { TODAY } from '../platforms/compiled.ts';
import { faultless } from './faultless.ts';

/** What is found in the platform without a fault once something is written into it; places have the path as their file. */
async function found(patch: Json) {
  const { findings } = await compileConfiguration(applyPatch(faultless(), patch) as Json, {
    file: 'platform.config.ts',
    locate: (path: Path) => ({ place: { file: path.join('.'), line: 1, column: 1, endLine: 1, endColumn: 1 } }),
    today: async () => TODAY,
  });
  return findings;
}

const open = { registry: { anonymous_pull_enabled: true } };

test('what a rule finds in a document is told at the value of the configuration that is there, with the document', async () => {
  const [finding, ...more] = await found({ registry: { extraInputs: open } });
  assert.deepEqual(more, []);
  assert.equal(finding?.code, 'delivery/open_registry');
  assert.equal(finding?.place?.file, 'registry.extraInputs.registry.anonymous_pull_enabled');
  assert.deepEqual(finding?.document, {
    file: 'acme-infra/live/shared/registry/inputs.generated.json',
    path: ['inputs', 'anonymous_pull_enabled'],
  });
});

test('a waiver excuses what is found in a document as it does what is found in the model', async () => {
  const waiver = {
    ...{ rule: 'secrets/local_accounts', reason: 'the old deployer knows no Entra ID' },
    ...{ owner: 'team shop', until: '2028-02-29' },
  };
  const extraInputs = { cluster: { disable_local_accounts: false } };
  const [finding, ...more] = await found({ environments: { blue: { extraInputs, waivers: [waiver] } } });
  assert.deepEqual(more, []);
  assert.equal(finding?.code, 'secrets/local_accounts');
  assert.equal(finding?.waived?.owner, 'team shop');
});

test('rules on documents find nothing in those of a sensible platform, and are given them', async () => {
  const model = exampleModel();
  const judge = await openJudge();
  assert.ok(!('code' in judge));
  const planned = kinds
    .filter(({ name }) => judge.reads(name))
    .flatMap((kind) => kind.list(model).map((plan) => ({ kind, plan })));
  const values = await render(model, planned);
  const documents = planned.map(({ kind, plan: { target, path, environment = null, service = null } }, index) => {
    return { kind: kind.name, file: `${target}/${path}`, environment, service, value: values[index] };
  });
  assert.ok(documents.some(({ kind }) => kind === 'workflow') && documents.some(({ kind }) => kind === 'unit-inputs'));
  assert.deepEqual(await judge.ofDocuments(model, documents), []);
});
