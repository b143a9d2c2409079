import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { judgesFolder } from '../judges/find.ts';
import { ensureGoJudge, goJudgeFile, isBuilt } from '../judges/go.ts';
import type { GoJudge, Judge } from '../judges/judges.ts';
import { isPinnedEnvironment, makeEnvironment, pythonToolchain } from '../judges/python.ts';
import { run } from '../judges/run.ts';
import { type Peer, peerNamed, peers, templates } from './peers.ts';

/**
 * Installs peers beside the judges, one at a time, with a line for each on stderr.
 *
 * @param names none means all
 * @returns whether all of them are there now
 * @throws Error when a name is no peer's
 */
export function installPeers(names: readonly string[]): boolean {
  const chosen = names.length === 0 ? peers : names.map(peerNamed);
  return chosen.map(installOne).every(Boolean);
}

/**
 * Finds a peer of the pinned version.
 *
 * @returns what `Peer.prepare` takes as its program; `undefined` when it is not installed
 */
export function programOf(peer: Peer): string | undefined {
  try {
    const place = placeOf(peer);
    return place.isThere() ? place.program : undefined;
  } catch {
    // Not even its toolchain is there.
    return undefined;
  }
}

type Place = Readonly<{ program: string; isThere(): boolean; make(): void }>;

function installOne(peer: Peer): boolean {
  process.stderr.write(`${peer.name} ${peer.version} `);
  const start = performance.now();
  try {
    const place = placeOf(peer);
    const cached = place.isThere();
    if (!cached) place.make();
    process.stderr.write(cached ? 'cached\n' : `${((performance.now() - start) / 1000).toFixed(0)} s\n`);
    return true;
  } catch (error) {
    process.stderr.write(`failed\n${error instanceof Error ? error.message : error}\n`);
    process.stderr.write(
      `  help: npm run bench -- install ${peer.name} tries it again; without it, its row is empty\n`,
    );
    return false;
  }
}

function placeOf(peer: Peer): Place {
  if (peer.source === 'npm') return ofNpm(peer);
  if (peer.source === 'python') return ofPython(peer);
  const judge = asJudge(peer, peer.source.go);
  const file = goJudgeFile(judge);
  return { program: file, isThere: () => isBuilt(judge, file), make: () => void ensureGoJudge(judge) };
}

/** What builds judges builds this, too. */
function asJudge({ name, version }: Peer, go: string): Judge & GoJudge {
  return { name, version, source: 'go', package: go, judges: 'how fast we are', fallback: 'none' };
}

/** What is complete is renamed into place, so its being there is proof. */
function ofNpm({ name }: Peer): Place {
  const files = ['package.json', 'package-lock.json'].map((file) => join(templates, name, file));
  const program = join(judgesFolder(), `${name}-${digest(files)}`);
  return {
    program,
    isThere: () => existsSync(program),
    make() {
      const building = join(judgesFolder(), `.building-${name}-${process.pid}`);
      mkdirSync(building, { recursive: true });
      try {
        for (const file of files) cpSync(file, join(building, file.slice(dirname(file).length + 1)));
        run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { folder: building });
        renameSync(building, program);
      } finally {
        rmSync(building, { recursive: true, force: true });
      }
    },
  };
}

function ofPython({ name }: Peer): Place {
  const file = join(templates, name, 'requirements.txt');
  const pins = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const folder = join(pythonToolchain(), `${name}-${digest([file])}`);
  return {
    program: join(folder, 'bin', name),
    isThere: () => isPinnedEnvironment(folder, pins),
    make: () => makeEnvironment(folder, pins),
  };
}

function digest(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
