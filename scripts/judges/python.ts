import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { judgesFolder, schemasFolder } from './find.ts';
import { type Judge, kubernetesVersions, type PythonJudge, pinnedFile, pythonFolder, pythonPins } from './judges.ts';
import { run } from './run.ts';

/**
 * Makes the virtual environment of all Python judges, unless it is there.
 *
 * @returns the judge's file and whether it was there already
 */
export function ensurePythonJudge(judge: Judge & PythonJudge): { file: string; cached: boolean } {
  const toolchain = pythonToolchain();
  const file = join(toolchain, pinnedFile(judge));
  const folder = join(toolchain, pythonFolder);
  const cached = isPinnedEnvironment(folder);
  if (!cached) makeEnvironment(folder);
  ensureSchemas(folder);
  return { file, cached };
}

/** The folder of what this machine's Python made: another version makes its own. */
export function pythonToolchain(): string {
  const version = run('python3', ['-c', 'import platform; print(platform.python_version())']).trim();
  return join(judgesFolder(), `python${version}`);
}

/** Tells whether a virtual environment is complete and holds the pinned versions: the judges', or those given. */
export function isPinnedEnvironment(folder: string, pins: readonly string[] = pythonPins): boolean {
  if (!existsSync(join(folder, COMPLETE))) return false;
  try {
    run(join(folder, 'bin', 'python'), ['-c', HOLDS_PINS, ...pins]);
    return true;
  } catch {
    return false;
  }
}

/** Written last. An environment cannot be renamed when it is ready: its commands have its path inside. */
const COMPLETE = 'complete';

const HOLDS_PINS = `
import sys
from importlib.metadata import version
for pin in sys.argv[1:]:
    name, pinned = pin.split("==")
    if version(name) != pinned:
        sys.exit(f"{name}: {version(name)}")
`;

/** Makes a virtual environment of pinned distributions, complete, so that pip resolves nothing: the judges', or those given. */
export function makeEnvironment(folder: string, pins: readonly string[] = pythonPins): void {
  rmSync(folder, { recursive: true, force: true });
  run('python3', ['-m', 'venv', folder]);
  const pip = (...args: string[]) => run(join(folder, 'bin', 'pip'), ['--disable-pip-version-check', ...args]);
  pip('install', '--no-deps', '--only-binary=:all:', ...pins);
  pip('check');
  writeFileSync(join(folder, COMPLETE), '');
}

/** Copies the strict JSON schemas of Kubernetes out of kubernetes-validate, in the form that kubeconform finds and follows. */
function ensureSchemas(environment: string): void {
  for (const minor of kubernetesVersions) {
    const folder = schemasFolder(minor);
    if (existsSync(folder)) continue;
    const building = join(dirname(folder), `.building-${minor}-${process.pid}`);
    mkdirSync(building, { recursive: true });
    copySchemas(join(packageFolder(environment), 'kubernetes-json-schema', `v${minor}.0-local-strict`), building);
    renameSync(building, folder);
  }
}

/** Makes references relative to the file's folder and removes the web address that would else be their base. */
function copySchemas(from: string, to: string): void {
  for (const name of readdirSync(from).filter((name) => name.endsWith('.json'))) {
    const text = readFileSync(join(from, name), 'utf8').replaceAll('"/api/_definitions.json#', '"_definitions.json#');
    const { $id: _, ...schema } = JSON.parse(text);
    writeFileSync(join(to, name), JSON.stringify(schema));
  }
}

function packageFolder(environment: string): string {
  const code = 'import kubernetes_validate as package; print(package.__path__[0])';
  return run(join(environment, 'bin', 'python'), ['-c', code]).trim();
}
