import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../lib/commands/main.ts';
import { VERSION } from '../../lib/pipeline.ts';

/**
 * Keeps what this version of the compiler writes, for the tests of all later ones: `node --import tsx test/promises/freeze.ts`.
 * Beside its documents, what a person and a controller make of theirs.
 */
const released = fileURLToPath(new URL('released', import.meta.url));
const frozen = join(released, VERSION);

const theirs: Readonly<Record<string, (text: string) => string>> = {
  'kiosk-infra/live/staging/env.hcl': (text) => `${text}# changed by a person\n`,
  'kiosk-gitops/prod/shop/image.yaml': (text) => text.replace(/tag: .*/, 'tag: main-7-live'),
};

async function freeze(): Promise<number> {
  if (existsSync(frozen)) {
    process.stderr.write(
      `${frozen} exists: what was released is never changed. Is the version in package.json the next one?\n`,
    );
    return 1;
  }
  const directory = mkdtempSync(join(tmpdir(), 'freeze-'));
  try {
    const config = readFileSync(join(released, 'platform.config.ts'), 'utf8');
    mkdirSync(join(directory, 'lib'));
    cpSync(new URL('../../lib/index.ts', import.meta.url), join(directory, 'lib/index.ts'));
    writeFileSync(join(directory, 'platform.config.ts'), config.replace('../../../lib/', './lib/'));
    const say = (text: string) => process.stderr.write(text);
    const code = await main(['compile'], { out: () => {}, error: say, isTerminal: false, colour: false, directory });
    if (code !== 0) return code;
    for (const [path, change] of Object.entries(theirs)) {
      const file = join(directory, 'out', path);
      const text = readFileSync(file, 'utf8');
      if (change(text) === text) throw new Error(`nothing to change in ${path}`);
      writeFileSync(file, change(text));
    }
    cpSync(join(directory, 'out'), join(frozen, 'out'), { recursive: true });
    writeFileSync(join(frozen, 'platform.config.ts'), config.replace('../../../lib/', '../../../../lib/'));
    return 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

process.exitCode = await freeze();
