import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../../scripts/judges/find.ts';
import { run } from '../../scripts/judges/run.ts';

/**
 * Has all workflows below a folder judged: by actionlint with shellcheck, by zizmor at its most pedantic and by GitHub's schema.
 *
 * @returns how many there are
 * @throws with the judge's words, and when there are none
 */
export function judgeWorkflows(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/.test(path.replaceAll('\\', '/')))
    .sort()
    .map((path) => join(folder, path));
  assert.ok(files.length > 0, `no workflows in ${folder}`);
  run(judge('actionlint'), ['-no-color', '-oneline', `-shellcheck=${judge('shellcheck')}`, '-pyflakes=', ...files]);
  run(judge('zizmor'), [
    '--offline',
    '--no-online-audits',
    '--no-progress',
    '--color',
    'never',
    '-q',
    '--persona',
    'auditor',
    ...files,
  ]);
  run(judge('check-jsonschema'), ['--builtin-schema', 'vendor.github-workflows', ...files]);
  return files.length;
}
