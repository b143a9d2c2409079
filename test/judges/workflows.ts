import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  accepted('actionlint', [...flags, ...files], {
    ...call,
    through: ['shellcheck'],
  });
  const quiet = ['--offline', '--no-online-audits', '--no-progress', '--color', 'never', '-q'];
  accepted('zizmor', [...quiet, '--persona', 'auditor', ...files], call);
  accepted('check-jsonschema', ['--builtin-schema', 'vendor.github-workflows', ...files], call);
  return files.length;
}
