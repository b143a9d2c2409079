import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { testWhatArgoCdReads } from './helm.ts';
import { random, temporaryFolder } from './platforms.ts';

/** Platforms that nobody wrote by hand, as Helm, Kubernetes and Argo CD read them. */

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

// A lint renders and then says little more: one major a release, in turns.
testWhatArgoCdReads(await random(folder), join(folder, 'manifests'), (index) => [index % 2 === 0 ? 'helm3' : 'helm4']);
