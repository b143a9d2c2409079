import * as fs from 'node:fs';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { parentOf } from '../../lib/write/disk.ts';
import { type File, type Folder, journalName, lockName, staleLockName } from '../../lib/write/folder.ts';
import { faulty, hostOf, Kill, lay, processNumber, quickDisk, reads, temporary } from './rig.ts';

/**
 * What a write may come upon: documents of an earlier one, what people and controllers made of them, links, and what runs that died
 * left. What is to come of it is said once more here, without a disk: that is what tests compare with.
 */
export type Scene = Readonly<{
  /** `out/`, or somebody's checkout */
  isCheckout: boolean;
  force: boolean;
  /** `null`: nothing was ever written */
  before: readonly File[] | null;
  acts: readonly Act[];
  /** a write that was killed before it got to this one */
  crash: Readonly<{ files: readonly File[]; at: number }> | null;
  leftovers: readonly Leftover[];
  after: readonly File[];
}>;

/** What others did in the folder. */
export type Act = Readonly<{ path: string; does: 'write' | 'remove' | 'link' | 'link to a folder'; text: string }>;

export type Leftover = (typeof leftoverKinds)[number];
const leftoverKinds = ['lock', 'half a lock', 'moved lock', 'texts'] as const;

/** The folder of a scene as it was made, and a folder beside it that nobody may touch. */
export type Stage = Readonly<{ folder: Folder; elsewhere: string }>;

/** A maker of folders: each is as the scene says, and gone after the test. */
export function stages(t: TestContext): (scene: Scene) => Promise<Stage & { state: State }> {
  const parent = temporary(t);
  let count = 0;
  return async (scene) => {
    const place = path.join(parent, String(count++));
    const elsewhere = path.join(place, 'elsewhere');
    fs.mkdirSync(elsewhere, { recursive: true });
    fs.writeFileSync(path.join(elsewhere, 'a'), 'not ours');
    const folder: Folder = scene.isCheckout
      ? { directory: path.join(place, 'checkout'), manifest: '.platform-manifest.json', target: 't' }
      : { directory: path.join(place, 'out'), manifest: 'manifest.json', exclusive: true };
    return { folder, elsewhere, state: await build(scene, folder, elsewhere) };
  };
}

export function clear({ folder }: Stage): void {
  fs.rmSync(path.dirname(folder.directory), { recursive: true });
}

async function build(scene: Scene, folder: Folder, elsewhere: string): Promise<State> {
  const { isCheckout, before, acts, crash, leftovers, force } = scene;
  const { directory } = folder;
  const at = (relative: string) => path.join(directory, relative);
  if (isCheckout) {
    fs.mkdirSync(at('.git'), { recursive: true });
    fs.writeFileSync(at('.git/HEAD'), 'ref: refs/heads/main\n');
    fs.writeFileSync(at('README.md'), 'of its own\n');
  }
  let state: State = { disk: snapshot(directory), last: new Map() };
  if (before) {
    await lay(folder, before, { host: hostOf(quickDisk, processNumber(1)) });
    state = outcomeOf(state, before, scene) ?? state;
  }
  for (const act of acts) perform(act, at, elsewhere);
  state = { ...state, disk: documentsIn(folder) };
  if (crash) {
    const manifest = snapshot(directory)[folder.manifest];
    const host = hostOf(faulty({ at: crash.at, how: 'kill' }, reads).disk, processNumber(2));
    await lay(folder, crash.files, { host, force }).catch(unlessKilled);
    const isDecided = fs.existsSync(at(`${journalName}/journal.json`));
    const isDone = snapshot(directory)[folder.manifest] !== manifest || !isSame(documentsIn(folder), state.disk);
    if (isDecided || isDone) state = outcomeOf(state, crash.files, scene) ?? state;
  }
  if (leftovers.length > 0) fs.mkdirSync(directory, { recursive: true });
  for (const leftover of leftovers) leave(leftover, at);
  return state;
}

export function unlessKilled(error: unknown): undefined {
  if (!(error instanceof Kill)) throw error;
}

function perform({ path: relative, does, text }: Act, at: (path: string) => string, elsewhere: string): void {
  const ways = relative.split('/').map((_, index, parts) => at(parts.slice(0, index).join('/')));
  // nobody works behind a link or below a file
  if (ways.some((way) => !(fs.lstatSync(way, { throwIfNoEntry: false })?.isDirectory() ?? true))) return;
  const full = at(relative);
  const standing = fs.lstatSync(full, { throwIfNoEntry: false });
  if (does === 'remove' || does.startsWith('link')) fs.rmSync(full, { recursive: true, force: true });
  if (does === 'remove') return;
  fs.mkdirSync(path.dirname(full), { recursive: true });
  const towards = (target: string) => path.relative(path.dirname(full), target);
  if (does === 'link') fs.symlinkSync(towards(path.join(elsewhere, 'a')), full);
  else if (does === 'link to a folder') fs.symlinkSync(towards(elsewhere), full);
  else if (!standing || standing.isFile()) fs.writeFileSync(full, text);
}

function leave(leftover: Leftover, at: (path: string) => string): void {
  const lock = `${JSON.stringify(processNumber(3).self)}\n`;
  const files: Record<Leftover, readonly [string, string][]> = {
    lock: [[lockName, lock]],
    'half a lock': [[lockName, lock.slice(0, 9)]],
    'moved lock': [[staleLockName, lock]],
    texts: [
      [`${journalName}/0`, 'half a te'],
      [`${journalName}/journal.json.new`, '{'],
    ],
  };
  for (const [name, text] of files[leftover]) {
    if (fs.existsSync(at(name)) || fs.existsSync(at(`${journalName}/journal.json`))) continue;
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), text);
  }
}

/** All that lies in a folder: path → text, where a link leads, or `/` of a folder that holds nothing. */
export type Disk = Readonly<Record<string, string>>;

export function snapshot(directory: string): Disk {
  const found: Record<string, string> = {};
  const visit = (parent: string): void => {
    const names = fs.existsSync(path.join(directory, parent)) ? fs.readdirSync(path.join(directory, parent)) : [];
    if (names.length === 0 && parent !== '') found[parent] = '/';
    for (const name of names.sort()) {
      const relative = parent === '' ? name : `${parent}/${name}`;
      const full = path.join(directory, relative);
      const stats = fs.lstatSync(full);
      if (stats.isDirectory()) visit(relative);
      else found[relative] = stats.isFile() ? fs.readFileSync(full, 'utf8') : `-> ${fs.readlinkSync(full)}`;
    }
  };
  visit('');
  return found;
}

export function isSame(one: Disk, other: Disk): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}

/** Without what a write keeps for itself, the manifest, and folders that hold nothing, which git does not know. */
export function documentsIn({ directory, manifest }: Folder): Disk {
  return Object.fromEntries(
    Object.entries(snapshot(directory)).filter(
      ([name, text]) => text !== '/' && name !== manifest && !isTemporary(name.split('/')[0] ?? ''),
    ),
  );
}

export function isTemporary(name: string): boolean {
  return [journalName, lockName, staleLockName].includes(name.split('/')[0] ?? '');
}

/** What lies there, and what the last write remembers: owner and text of each document. */
export type State = Readonly<{
  disk: Disk;
  last: ReadonlyMap<string, Readonly<{ owner: File['owner']; text: string }>>;
}>;

/** What a write makes of a state; `undefined` if it has to refuse. */
export function outcomeOf(
  { disk, last }: State,
  files: readonly File[],
  { force, isCheckout }: Pick<Scene, 'force' | 'isCheckout'>,
): State | undefined {
  const next = new Map(Object.entries(disk));
  const remembered = new Map<string, { owner: File['owner']; text: string }>();
  const isLink = (path: string) => next.get(path)?.startsWith('-> ') ?? false;
  const ways = (path: string): string[] => (path === '' ? [] : [...ways(parentOf(path)), path]);
  const wanted = new Set(files.map(({ path }) => path));

  for (const [path, { owner, text }] of last) {
    if (wanted.has(path)) continue;
    if (ways(path).some(isLink)) return undefined;
    const standing = next.get(path);
    if (standing === undefined || (standing !== text && owner === 'scaffold')) continue;
    if (standing !== text && owner === 'compiler' && !force) return undefined;
    next.delete(path);
  }
  for (const { path, owner, text } of files) {
    const above = ways(parentOf(path));
    if (isLink(path) || above.some((way) => next.has(way))) return undefined;
    if ([...next.keys()].some((other) => other.startsWith(`${path}/`))) return undefined;
    const standing = next.get(path);
    const entry = last.get(path);
    const isUntouched = entry !== undefined && entry.text === standing;
    const isOurs = standing === undefined || standing === text || isUntouched;
    if (owner !== 'compiler') {
      const isFollowed = isUntouched && (!isCheckout || entry.owner === 'compiler');
      const isKept = standing !== undefined && standing !== text && !isFollowed;
      if (!isKept) next.set(path, text);
      remembered.set(path, { owner, text: isKept && isUntouched ? standing : text });
      continue;
    }
    if (!isOurs && entry?.owner !== 'controller' && (entry?.owner === 'scaffold' || !force)) return undefined;
    next.set(path, text);
    remembered.set(path, { owner, text });
  }
  return { disk: Object.fromEntries([...next].sort(([a], [b]) => (a < b ? -1 : 1))), last: remembered };
}

// drawn scenes

const part = fc.constantFrom('a', 'b', 'c');
const place = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const owner = fc.constantFrom<File['owner'][]>('compiler', 'scaffold', 'controller');
const text = fc.constantFrom('', 'one\n', 'two\n', 'ä\n'.repeat(20));
const body = fc.record({ owner, text, executable: fc.boolean() });

/** A document before, in between and after: at each moment it may be absent, another text, or another owner's. */
const slot = fc.tuple(
  place,
  fc.array(fc.option(fc.nat({ max: 1 }), { freq: 4 }), { minLength: 3, maxLength: 3 }),
  fc.tuple(body, body),
);

const act = fc.record({
  place: fc.oneof({ weight: 3, arbitrary: fc.nat() }, { weight: 1, arbitrary: place }),
  does: fc.constantFrom<Act['does'][]>('write', 'write', 'write', 'remove', 'link', 'link to a folder'),
  text: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 9 }).map((number) => `theirs ${number}\n`) }, text),
});

/** Scenes of some documents, with any number of things gone wrong before. */
export const scenes: fc.Arbitrary<Scene> = fc
  .record({
    isCheckout: fc.boolean(),
    force: fc.boolean(),
    isFirst: fc.nat({ max: 9 }).map((number) => number === 9),
    slots: fc.array(slot, { minLength: 1, maxLength: 9 }),
    acts: fc.oneof(fc.array(act, { maxLength: 0 }), fc.array(act, { maxLength: 3 })),
    crash: fc.option(fc.nat({ max: 40 }), { freq: 2 }),
    leftovers: fc.subarray([...leftoverKinds]),
  })
  .map(({ isCheckout, force, isFirst, slots, acts, crash, leftovers }) => {
    const moment = (index: number) => {
      const files: File[] = [];
      for (const [place, moments, bodies] of slots) {
        const body = bodies[moments[index] ?? 2];
        const path = isCheckout ? place : `t/${place}`;
        if (body && files.every((other) => !clash(other.path, path)))
          files.push({ path, target: 't', kind: 'k', ...body });
      }
      return files;
    };
    const placed = (drawn: number | string) =>
      (typeof drawn === 'number' ? slots[drawn % slots.length]?.[0] : drawn) ?? '';
    return {
      isCheckout,
      force,
      before: isFirst ? null : moment(0),
      acts: acts.map(({ place, does, text }) => ({
        path: isCheckout ? placed(place) : `t/${placed(place)}`,
        does,
        text,
      })),
      crash: crash === null ? null : { files: moment(1), at: crash },
      leftovers,
      after: moment(2),
    };
  });

/** Whether one needs a folder where the other is a file. */
export function clash(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}
