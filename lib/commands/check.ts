import { hasErrors } from '../finding/finding.ts';
import {
  COMMON_HELP,
  type Command,
  compileWithProgress,
  DONE,
  filterOf,
  inFolder,
  readArguments,
  sourceOf,
  WRONG,
} from './command.ts';
import { readFormats } from './reports.ts';
import { staleness } from './stale.ts';

const HELP = `npm run check -- [--only <name>] [--format <name>[=<file>]]

Finds all that compile would find, writes nothing, and fails when out/ is not what the configuration says. Warnings alone do not fail.

${COMMON_HELP}`;

export const check: Command = {
  async run(args, terminal) {
    const { values } = readArguments(args, {});
    if (values.help) {
      terminal.out(HELP);
      return DONE;
    }
    const source = sourceOf(values, terminal);
    const reporter = await readFormats(values, source, terminal);
    const compilation = await compileWithProgress(source, values, terminal);
    const findings = inFolder(compilation.findings, source.out, terminal);
    if (compilation.outputs) {
      const only = filterOf(values.only, compilation);
      findings.push(...inFolder(await staleness(source.out, compilation.outputs, only), source.out, terminal));
    }
    const ok = !hasErrors(findings);
    const { files, asked } = compilation;
    const isTold = await reporter.report({ ok, findings, files, asked, answer: { ok, findings } });
    return ok && isTold ? DONE : WRONG;
  },
};
