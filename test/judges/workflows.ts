import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { judge } from '../../scripts/judges/find.ts';
import { accepted } from './ledger.ts';

/**
 * Has all workflows below a folder judged: by actionlint with shellcheck, by zizmor at its most pedantic and by GitHub's schema.
 *
 * @param labels of runners that are not GitHub's: actionlint is told of them, as their owner would tell it
 * @returns how many there are
 * @throws with the judge's words, and when there are none
 */
export function judgeWorkflows(folder: string, labels: readonly string[] = []): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path.replaceAll('\\', '/')))
    .sort()
    .map((path) => join(folder, path));
  assert.ok(files.length > 0, `no workflows in ${folder}`);
  const call = { documents: files.length };
  const configuration = join(folder, 'actionlint.yaml');
  writeFileSync(configuration, JSON.stringify({ 'self-hosted-runner': { labels } }));
  const flags = [
    '-no-color',
    '-oneline',
    '-config-file',
    configuration,
    `-shellcheck=${judge('shellcheck')}`,
    '-pyflakes=',
  ];
  for (const [group, ignored] of [
    [files.filter((file) => !saysNull(file)), []],
    [files.filter(saysNull), ['-ignore', NULL]],
  ] as const)
    if (group.length > 0)
      accepted('actionlint', [...flags, ...ignored, ...group], { documents: group.length, through: ['shellcheck'] });
  const quiet = ['--offline', '--no-online-audits', '--no-progress', '--color', 'never', '-q'];
  accepted('zizmor', [...quiet, '--persona', 'auditor', ...files], call);
  accepted('check-jsonschema', ['--builtin-schema', 'vendor.github-workflows', ...files], call);
  return files.length;
}

/**
 * What actionlint says of an image called `null`: it tells the type of a value of the matrix by its letters, quoted or not
 * (`checkRawYAMLString` in its rule_expression.go; github.com/rhysd/actionlint/issues/250). GitHub reads `"null"` as a text: of what is
 * not plain, `AllowLiteral` in actions/runner, src/Sdk/WorkflowParser/Conversion/YamlObjectReader.cs, says "Otherwise assume string".
 */
const NULL = 'evaluating the value of type null$';

/** Whether a text `null` is in the matrix of a workflow, and no value that is null indeed. */
function saysNull(file: string): boolean {
  const { jobs }: Workflow = parse(readFileSync(file, 'utf8'));
  const values = Object.values(jobs).flatMap(({ strategy }) => strategy.matrix.include.flatMap(Object.values));
  return values.includes('null') && !values.includes(null);
}

type Workflow = Readonly<{
  jobs: Readonly<
    Record<string, Readonly<{ strategy: Readonly<{ matrix: Readonly<{ include: readonly object[] }> }> }>>
  >;
}>;
