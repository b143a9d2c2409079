import { createHash } from 'node:crypto';
import { own, type Platform } from './changeable.ts';
import { entriesOf, placesOf } from './placed.ts';

/** Seals what is used, or half of it: `sealed` was drawn as a number. */
export function seal(platform: Platform): void {
  const drawn = platform.sealed as unknown;
  if (drawn === undefined) return;
  const sealed: NonNullable<Platform['sealed']> = {};
  for (const { name, environment, layers } of placesOf(platform)) {
    const used = new Set<string>();
    for (const value of Object.values(entriesOf<unknown>(layers, 'envs')))
      if (typeof value === 'object' && value !== null && 'secret' in value) used.add(String(value.secret));
    for (const volume of Object.values(entriesOf<{ kind: string; files: Record<string, string> }>(layers, 'volumes')))
      if (volume.kind === 'secret') for (const secret of Object.values(volume.files)) used.add(secret);
    for (const secret of used)
      if (drawn === 0 || secret.length % 2 === 0) {
        const ofEnvironment = own(sealed, environment) ?? {};
        ofEnvironment[name] = { ...own(ofEnvironment, name), [secret]: ciphertext(`${environment} ${name} ${secret}`) };
        sealed[environment] = ofEnvironment;
      }
  }
  platform.sealed = sealed;
}

/** In the form of kubeseal's, and nothing inside: the length of a key, that key, a text with its tag. */
export function ciphertext(seed: string): string {
  const noise = Buffer.concat(
    Array.from({ length: 9 }, (_, index) => createHash('sha256').update(`${seed} ${index}`).digest()),
  );
  return Buffer.concat([Buffer.from([1, 0]), noise.subarray(0, 256), noise.subarray(256, 280)]).toString('base64');
}
