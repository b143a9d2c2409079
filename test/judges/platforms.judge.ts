import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import nodeTest, { after, describe } from 'node:test';
import { kinds } from '../../lib/targets/targets.ts';
import { testWhatArgoCdReads } from './helm.ts';
import { judgeInfrastructure } from './infrastructure.ts';
import { accepted, testWith } from './ledger.ts';
import { handwritten, readBy, readers, temporaryFolder } from './platforms.ts';
import { judgeWorkflows } from './workflows.ts';

/**
 * Every document of the platforms in this repository, as its consumer's own program takes it. The tests of single kinds show that the
 * judges find faults; this one shows that the platforms have none, and that no kind is left unjudged.
 */

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const platforms = await handwritten(folder);

nodeTest('every kind has a reader', () => {
  const known: readonly string[] = Object.values(readers).flat();
  assert.deepEqual(
    kinds.map(({ name }) => name).filter((name) => !known.includes(name)),
    [],
  );
});

for (const platform of platforms)
  describe(platform.name, () => {
    const { model } = platform;
    const both = () => ['helm3', 'helm4'] as const;
    testWhatArgoCdReads([platform], join(platform.folder, 'manifests'), { render: both, lint: both });

    testWith(
      'actionlint',
      'shellcheck',
      'zizmor',
      'check-jsonschema',
    )('actionlint, shellcheck, zizmor and GitHub’s schema find nothing in the workflows', () => {
      assert.equal(judgeWorkflows(platform.folder), readBy('github', platform).length);
    });

    testWith('terragrunt', 'terraform')('terragrunt and terraform plan every unit, and every input arrives', () => {
      const units = judgeInfrastructure(join(platform.folder, model.infrastructure.name));
      const inputs = readBy('terragrunt', platform).filter(({ path }) => path.endsWith('/inputs.generated.json'));
      assert.equal(units.length, inputs.length);
    });

    testWith('yamllint')('yamllint finds no word that YAML 1.1 reads as something else, and no key twice', () => {
      const rules = { 'key-duplicates': 'enable', 'octal-values': 'enable', truthy: { 'check-keys': false } };
      const files = platform.outputs.filter(({ path }) => /\.ya?ml$/.test(path) && !path.includes('/templates/'));
      const configuration = JSON.stringify({ rules });
      const paths = files.map(({ path }) => join(platform.folder, path));
      accepted('yamllint', ['-s', '-d', configuration, ...paths], { documents: files.length });
    });
  });
