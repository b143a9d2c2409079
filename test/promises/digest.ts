import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { outputsOf } from '../platforms/compiled.ts';
import { platformsOf, scales } from '../platforms/platforms.ts';

/** Prints a digest of everything that some platforms compile to: always the same ones. */
const hash = createHash('sha256');
for (const platform of fc.sample(platformsOf(scales.small), { seed: 20_261, numRuns: 5 }))
  for (const { path, text } of await outputsOf(platform)) hash.update(`${path}\n${text}\n`);
process.stdout.write(hash.digest('hex'));
