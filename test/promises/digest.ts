import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { madeBy, outFolder } from '../../lib/commands/compile.ts';
import { planWrite } from '../../lib/write/plan.ts';
import { write } from '../../lib/write/write.ts';
import { outputsOf } from '../platforms/compiled.ts';
import { platformsOf, scales } from '../platforms/platforms.ts';

/** A digest of every file that some platforms are written to, always the same ones, and of who may read it. */
export async function digest(): Promise<string> {
  const hash = createHash('sha256');
  for (const platform of fc.sample(platformsOf(scales.small), { seed: 20_261, numRuns: 5 })) {
    const directory = mkdtempSync(join(tmpdir(), 'digest-'));
    try {
      const plan = await planWrite(outFolder(directory), await outputsOf(platform), { madeBy, force: false });
      await write(plan.value);
      for (const path of readdirSync(directory, { recursive: true }).map(String).sort()) {
        const file = join(directory, path);
        const { mode } = statSync(file);
        if (statSync(file).isFile()) hash.update(`${path} ${mode}\n${readFileSync(file, 'utf8')}\n`);
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  }
  return hash.digest('hex');
}

// As a program, it prints the digest.
if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(await digest());
