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
  tell,
  WRONG,
} from './command.ts';
import { staleness } from './stale.ts';

const HELP = `npm run check -- [--only <name>] [--json]

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
    const compilation = await compileWithProgress(source, terminal);
    const findings = inFolder(compilation.findings, source.out, terminal);
    if (compilation.outputs) {
      const only = filterOf(values.only, compilation);
      findings.push(...inFolder(await staleness(source.out, compilation.outputs, only), source.out, terminal));
    }
    const code = hasErrors(findings) ? WRONG : DONE;
    if (values.json) terminal.out(`${JSON.stringify({ ok: code === DONE, findings }, null, 2)}\n`);
    else tell(findings, compilation.files, terminal);
    return code;
  },
};
