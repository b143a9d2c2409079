import { type Finding, hasErrors } from '../finding/finding.ts';
import type { Step } from '../write/compare.ts';
import { planWrite } from '../write/plan.ts';
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
import { madeBy, outFolder } from './compile.ts';

const HELP = `npm run check -- [--only <name>] [--json]

Finds all that compile would find, writes nothing, and fails when out/ is not what the configuration says. Silent when all is well.

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
      const plan = await planWrite(outFolder(source.out), compilation.outputs, { madeBy, ...(only && { only }) });
      findings.push(...inFolder(plan.findings, source.out, terminal));
      const stale = plan.value.steps.filter(
        ({ action }) => action === 'create' || action === 'update' || action === 'delete',
      );
      findings.push(...inFolder(stale.map(staleDocument), source.out, terminal));
      if (stale.length === 0 && !plan.value.isFresh && !hasErrors(plan.findings))
        findings.push(...inFolder([staleManifest], source.out, terminal));
    }
    const code = hasErrors(findings) ? WRONG : DONE;
    if (values.json) terminal.out(`${JSON.stringify({ ok: code === DONE, findings }, null, 2)}\n`);
    else tell(findings, compilation.files, terminal);
    return code;
  },
};

const WHAT: Readonly<Record<string, string>> = {
  create: 'is missing',
  update: 'is not what the configuration says',
  delete: 'is a document that the configuration no longer makes',
};

function staleDocument({ action, path }: Pick<Step, 'action' | 'path'>): Finding {
  return {
    code: 'check/stale',
    severity: 'error',
    message: `\`${path}\` ${WHAT[action]}`,
    help: 'run `npm run compile` and commit what it writes',
    document: { file: path },
  };
}

/** No document differs, so what made them or whose they are does. */
const staleManifest = staleDocument({ action: 'update', path: 'manifest.json' });
