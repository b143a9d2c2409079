// Whatever ends a write, at whichever operation and however often, the folder holds the old documents or the new ones or a journal that
// says how to get from the one to the other; the next run completes it; and what others own, in the folder and outside, stays as it is.

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { hasErrors } from '../../lib/finding/finding.ts';
import type { File } from '../../lib/write/folder.ts';
import { journalName } from '../../lib/write/folder.ts';
import { outputsOf } from '../platforms/compiled.ts';
import { holds, strength } from '../platforms/holds.ts';
import { platformsOf, scales } from '../platforms/platforms.ts';
import { type Desk, deskOf, initialise, type Moment } from '../write/real.ts';
import { at, faulty, file, hostOf, lay, meddled, planned, processNumber, put, quickDisk, reads } from '../write/rig.ts';
import {
  clash,
  clear,
  type Disk,
  documentsIn,
  isSame,
  isTemporary,
  outcomeOf,
  type Scene,
  type Stage,
  type State,
  scenes,
  snapshot,
  stages,
  unlessKilled,
} from '../write/scenes.ts';

type Fault = Readonly<{ how: string; lasting: boolean; at: number }>;

/** Each before operation k. After it is before the next one; after the last, nothing is left to do. */
const faults = ['kill', 'kill in the middle', 'ENOSPC', 'ENOSPC in the middle', 'EROFS', 'EACCES', 'EIO', 'EMFILE'];

/** A kill at what only reads leaves what one at the next change leaves, and neither space nor the right to write is asked for there. */
const uncountedOf = (how: string) => (/^(kill|ENOSPC|EROFS)/.test(how) ? reads : []);

/** What is to come of a scene: by the words of `scenes.ts`, and, for the manifest, by a run that nothing happens to. */
type Expected = Readonly<{
  old: Disk;
  past: State;
  /** `undefined`: it has to be refused */
  next: State | undefined;
  final: Disk;
  operations: (how: string) => number;
}>;

type Make = ReturnType<typeof stages>;

async function expectedOf(make: Make, scene: Scene): Promise<Expected> {
  const stage = await make(scene);
  const { folder, state: past } = stage;
  const old = documentsIn(folder);
  const next = outcomeOf(past, scene.after, scene);
  const { disk, count, changes } = faulty(undefined);
  const outcome = await lay(folder, scene.after, { host: hostOf(disk, processNumber(9)), force: scene.force });
  assert.equal(hasErrors(outcome.findings), next === undefined, JSON.stringify(outcome.findings));
  assert.deepEqual(documentsIn(folder), (next ?? past).disk);
  const final = snapshot(folder.directory);
  const isEmptiedByOthers = scene.acts.some(({ does }) => does === 'remove');
  assert.ok(isEmptiedByOthers || !Object.values(final).includes('/'), 'a folder without files stays');
  clear(stage);
  return { old, past, next, final, operations: (how) => (uncountedOf(how) === reads ? changes() : count()) };
}

/** Runs into each fault in turn, then once without any; after each, what was promised holds. @returns how often it was half done */
async function survives(make: Make, scene: Scene, expected: Expected, drawn: readonly Fault[]): Promise<number> {
  const stage = await make(scene);
  const { folder } = stage;
  const { force, after } = scene;
  let halves = 0;
  for (const [index, { how, lasting, at }] of drawn.entries()) {
    const { disk } = faulty({ how, lasting, at: at % expected.operations(how) }, uncountedOf(how));
    const host = hostOf(disk, processNumber(10 + index));
    const outcome = await lay(folder, after, { host, force }).catch(unlessKilled);
    halves += Number(await isHalf(stage, scene, expected));
    if (outcome && !hasErrors(outcome.findings)) assert.deepEqual(documentsIn(folder), expected.next?.disk);
    const isSaidOld = outcome?.findings.some(({ message }) => message.endsWith('nothing was written'));
    if (isSaidOld && !scene.crash && index === 0) assert.deepEqual(documentsIn(folder), expected.old);
  }
  await isRepaired(stage, scene, expected);
  clear(stage);
  return halves;
}

/** Whether a journal lies there; if not, it is old or new. It is never taken for new when it is not, and nothing is written elsewhere. */
async function isHalf({ folder, elsewhere }: Stage, { after, force }: Scene, { old, past, next }: Expected) {
  const found = documentsIn(folder);
  const states = [old, past.disk, ...(next ? [next.disk] : [])];
  const isDecided = fs.existsSync(at(folder, `${journalName}/journal.json`));
  if (isDecided) {
    for (const name of new Set([found, ...states].flatMap((state) => Object.keys(state))))
      assert.ok(
        states.some((state) => state[name] === found[name]),
        `${name} is neither old nor new`,
      );
  } else {
    assert.ok(
      states.some((state) => isSame(state, found)),
      `a mixture without a journal: ${JSON.stringify(found)}`,
    );
  }
  const untouched = snapshot(folder.directory);
  const { value } = await planned(folder, after, { host: hostOf(quickDisk, processNumber(30)), force });
  if (value.isFresh) assert.deepEqual([found, isDecided], [next?.disk, false]);
  assert.deepEqual(snapshot(folder.directory), untouched, 'a check touches nothing');
  assert.deepEqual(snapshot(elsewhere), { a: 'not ours' });
  return isDecided && states.every((state) => !isSame(state, found));
}

async function isRepaired({ folder, elsewhere }: Stage, { after, force }: Scene, { next, final }: Expected) {
  const host = hostOf(quickDisk, processNumber(31));
  const { findings } = await lay(folder, after, { host, force });
  assert.equal(hasErrors(findings), next === undefined, JSON.stringify(findings));
  const found = snapshot(folder.directory);
  assert.deepEqual(found, final);
  assert.deepEqual(Object.keys(found).filter(isTemporary), []);
  assert.deepEqual(snapshot(elsewhere), { a: 'not ours' });
  if (!next) return;
  assert.equal((await planned(folder, after, { host, force })).value.isFresh, true);
  for (const one of after)
    if (one.owner === 'compiler')
      assert.equal((fs.statSync(at(folder, one.path)).mode & 0o100) !== 0, one.executable ?? false, one.path);
}

const drawnFault: fc.Arbitrary<Fault> = fc.record({
  how: fc.constantFrom(...faults),
  lasting: fc.boolean(),
  at: fc.nat(),
});

test('any two trees, any past, any faults one after the other', async (t) => {
  const make = stages(t);
  const seen = { written: 0, refused: 0, half: 0 };
  await holds(
    fc.tuple(scenes, fc.array(drawnFault, { minLength: 1, maxLength: 3 })),
    async ([scene, drawn]) => {
      const expected = await expectedOf(make, scene);
      seen[expected.next ? 'written' : 'refused']++;
      seen.half += await survives(make, scene, expected, drawn);
    },
    { runs: 120 },
  );
  assert.ok(seen.written > seen.refused && seen.refused > 0 && seen.half > 0, JSON.stringify(seen));
});

test('any two trees, and a second run that starts at any operation of the first', async (t) => {
  const make = stages(t);
  await holds(
    fc.tuple(scenes, fc.nat()),
    async ([scene, at]) => {
      const expected = await expectedOf(make, scene);
      const stage = await make(scene);
      const { after, force } = scene;
      const outcomes: (ReturnType<typeof lay> | Awaited<ReturnType<typeof lay>>)[] = [];
      const second = () => {
        outcomes.push(lay(stage.folder, after, { force, host: hostOf(quickDisk, processNumber(41, [40])) }));
      };
      const disk = meddled(at % expected.operations('EIO'), second);
      outcomes.push(await lay(stage.folder, after, { force, host: hostOf(disk, processNumber(40, [41])) }));
      const ended = await Promise.all(outcomes);
      assert.equal(ended.length, 2);
      assert.equal(
        ended.some(({ findings }) => !hasErrors(findings)),
        expected.next !== undefined,
        JSON.stringify(ended.map(({ findings }) => findings)),
      );
      await isHalf(stage, scene, expected);
      await isRepaired(stage, scene, expected);
      clear(stage);
    },
    { runs: 70 },
  );
});

test('what people and controllers write between a crash and the repair is theirs', async (t) => {
  const make = stages(t);
  let kept = 0;
  await holds(
    fc.tuple(scenes, fc.nat(), fc.boolean()),
    async ([drawn, at, force]) => {
      const scene = { ...drawn, acts: [], crash: null, force };
      const { before, after } = scene;
      const expected = await expectedOf(make, scene);
      const stage = await make(scene);
      const { folder } = stage;
      const { disk } = faulty({ how: 'kill', at: at % expected.operations('kill') }, reads);
      await lay(folder, after, { force, host: hostOf(disk, processNumber(40)) }).catch(unlessKilled);

      const seeds = after.filter(({ owner }) => owner !== 'compiler');
      const isInTheWay = (path: string) => after.some((one) => clash(one.path, path));
      const gone = (before ?? []).filter(({ path, owner }) => owner === 'scaffold' && !isInTheWay(path));
      const theirs = [...seeds, ...gone].map(({ path }) => path).filter((path) => isPlain(stage, path));
      for (const path of [...theirs, 'z/notes.md']) put(folder, path, 'written meanwhile\n');
      kept += theirs.length;

      const { findings } = await lay(folder, after, { force, host: hostOf(quickDisk, processNumber(41)) });
      assert.equal(hasErrors(findings), false, JSON.stringify(findings));
      const all = Object.fromEntries([...theirs, 'z/notes.md'].map((path) => [path, 'written meanwhile\n']));
      assert.ok(isSame(documentsIn(folder), { ...expected.next?.disk, ...all }));
      clear(stage);
    },
    { runs: 70 },
  );
  assert.ok(kept > 0);
});

/** Whether a person could save a file there now: on the way there are folders or nothing, and no folder is there itself. */
function isPlain({ folder }: Stage, relative: string): boolean {
  const look = (path: string) => fs.lstatSync(at(folder, path), { throwIfNoEntry: false });
  const parts = relative.split('/');
  const ways = parts.map((_, index) => parts.slice(0, index).join('/'));
  return ways.every((way) => look(way)?.isDirectory() ?? true) && (look(relative)?.isFile() ?? true);
}

const executable = { executable: true } as const;
const scaffold = { owner: 'scaffold' } as const;
const controller = { owner: 'controller' } as const;
const nothing = { force: false, acts: [], crash: null, leftovers: [] } as const;
const written = (path: string, text: string) => ({ path, does: 'write', text }) as const;

/** as it goes into a checkout */
const laid = (path: string, text: string, rest: Partial<File> = {}) => file(path, text, { ...rest, target: 't' });

const fixed: Readonly<Record<string, Scene>> = {
  'out/, with documents that come, go and change their owner': {
    ...nothing,
    isCheckout: false,
    before: [
      file('t/changes', '1'),
      file('t/gone/deep/a', '1'),
      file('t/seed', '1', scaffold),
      file('t/given', '1', scaffold),
      file('t/image', '1', controller),
      file('t/orphan', '1', scaffold),
    ],
    acts: [written('t/given', 'mine'), written('t/orphan', 'mine'), written('t/foreign', 'mine')],
    leftovers: ['lock', 'moved lock', 'texts'],
    after: [
      file('t/changes', '2', executable),
      file('t/new/deep/c', '2'),
      file('t/seed', '2'),
      file('t/given', '2', scaffold),
      file('t/image', '2', controller),
    ],
  },
  'a checkout with content of its own, tags and hand edits, by force': {
    ...nothing,
    isCheckout: true,
    force: true,
    before: [
      laid('app/values', '1'),
      laid('app/image', '1', controller),
      laid('app/main', '1', scaffold),
      laid('old', '1'),
    ],
    acts: [
      written('app/values', 'mine'),
      written('app/image', '7'),
      written('app/main', 'mine'),
      written('in-the-way', 'x'),
    ],
    after: [
      laid('app/values', '2'),
      laid('app/image', '2', controller),
      laid('app/main', '2', scaffold),
      laid('in-the-way', '2'),
    ],
  },
  'a first write into nothing, after one that was killed': {
    ...nothing,
    isCheckout: false,
    before: null,
    crash: { files: [file('t/a', '1'), file('t/b/c', '1')], at: 9 },
    after: [file('t/a', '2'), file('t/seed', '2', scaffold), file('model.json', '{}', { target: null })],
  },
};

for (const [name, scene] of Object.entries(fixed))
  test(`a kill at each operation, and errors in turn: ${name}`, async (t) => {
    const make = stages(t);
    const expected = await expectedOf(make, scene);
    assert.ok(expected.next);
    for (const [index, how] of faults.entries())
      for (let at = 0; at < expected.operations(how); at++)
        // Errors take turns; at night each is tried everywhere.
        if (how.startsWith('kill') || strength >= 10 || (at + index) % 6 === 0)
          await survives(make, scene, expected, [{ how, at, lasting: /^(ENOSPC|EROFS|EACCES)/.test(how) }]);
  });

test('each crash of a repair after each crash', async (t) => {
  const make = stages(t);
  const scene: Scene = {
    ...nothing,
    isCheckout: true,
    before: [laid('a', '1'), laid('b/c', '1')],
    acts: [written('image', '7')],
    after: [laid('a', '2'), laid('d', '2'), laid('image', '2', controller)],
  };
  const expected = await expectedOf(make, scene);
  const total = expected.operations('kill');
  for (let first = 0; first < total; first++)
    for (let second = first % 2; second < total; second += 2)
      await survives(make, scene, expected, [
        { how: 'kill', lasting: false, at: first },
        { how: 'kill in the middle', lasting: false, at: second },
      ]);
});

test('what platforms compile to, in out/ and in a checkout', async (t) => {
  const make = stages(t);
  const small = platformsOf(scales.small);
  await holds(
    fc.tuple(small, small, fc.boolean(), fc.array(drawnFault, { minLength: 3, maxLength: 3 })),
    async ([one, other, isCheckout, drawn]) => {
      const treeOf = async (platform: typeof one) => {
        const files: readonly File[] = await outputsOf(platform);
        if (!isCheckout) return files;
        const target = platform.gitops.repository;
        return files
          .filter((file) => file.target === target)
          .map((file) => ({ ...file, target: 't', path: file.path.slice(target.length + 1) }));
      };
      const before = await treeOf(one);
      const theirs = before.filter(({ owner }, index) => owner !== 'compiler' && index % 2 === 0);
      const acts = theirs.map(({ path }) => written(path, `theirs, in ${path}\n`));
      const scene: Scene = { ...nothing, isCheckout, before, acts, after: await treeOf(other) };
      const expected = await expectedOf(make, scene);
      for (const fault of drawn) await survives(make, scene, expected, [fault]);
    },
    { runs: 3 },
  );
});

// Real processes, which the kernel ends.

const config = fs.readFileSync(new URL('released/platform.config.ts', import.meta.url), 'utf8');
const first = config.replace('../../../lib/', './lib/');
const second = first.replace(/^ {4}cache: .*\n/m, '').replace("args: ['work']", "args: ['work', 'harder']");
const skip = process.platform === 'win32' && 'Windows has no such signals';

/** A command on a desk as others left it, and the state of its folders when it is done. */
type Command = Readonly<{
  desk: Desk;
  args: readonly string[];
  folders: readonly string[];
  theirs: Disk;
  after: () => Promise<Disk>;
}>;

test('real commands killed with -9 leave what the next one makes whole', { skip }, async (t) => {
  const [old, compile, deliver] = [deskOf(t), deskOf(t), deskOf(t)] as const;
  const checkouts = ['kiosk-gitops', 'kiosk-infra'];
  const places = checkouts.map((name) => `${name}=${name}`);
  for (const name of checkouts) initialise(path.join(old.directory, name));
  old.configure(first);
  await done(old, 'compile');
  await done(old, 'deliver', ...places);

  const theirs = (...folders: string[]) => ({
    [`${folders[0]}/prod/shop/image.yaml`]: 'image:\n  tag: main-9-live\n',
    [`${folders[1]}/live/prod/env.hcl`]: '# mine\n',
    [`${folders[1]}/.gitattributes`]: '* -text\n',
  });
  const prepared: Record<string, Omit<Command, 'after'>> = {
    compile: {
      desk: compile,
      args: ['compile'],
      folders: ['out'],
      theirs: { ...theirs('out/kiosk-gitops', 'out/kiosk-infra'), 'out/.gitignore': '' },
    },
    deliver: { desk: deliver, args: ['deliver', ...places], folders: checkouts, theirs: theirs(...checkouts) },
  };
  for (const { desk, theirs } of Object.values(prepared)) {
    fs.cpSync(old.directory, desk.directory, { recursive: true });
    desk.configure(second);
    if (desk === deliver) await done(desk, 'compile');
    for (const [name, text] of Object.entries(theirs)) fs.writeFileSync(path.join(desk.directory, name), text);
  }

  const commands = Object.fromEntries(
    Object.entries(prepared).map(([name, command]) => [name, { ...command, after: onceDone(t, command) }]),
  );
  const moments = strength < 10 ? someMoments : await allMoments(t, commands);
  await t.test('at these calls', { concurrency: 2 }, async (t) => {
    const each = moments.map(({ name, call, nth }) =>
      t.test(`${name}, ${call} ${nth}`, (t) => isMadeWhole(t, commands[name] as Command, { call, nth })),
    );
    await Promise.all(each);
  });
});

function onceDone(t: TestContext, { desk: like, args, folders }: Omit<Command, 'after'>): () => Promise<Disk> {
  const state = (async () => {
    const desk = deskOf(t, like);
    await done(desk, ...args);
    return stateOf(desk, folders);
  })();
  return () => state;
}

function stateOf({ directory }: Desk, folders: readonly string[]): Disk {
  return Object.fromEntries(
    folders.flatMap((folder) =>
      Object.entries(snapshot(path.join(directory, folder))).map(([name, text]) => [`${folder}/${name}`, text]),
    ),
  );
}

const someMoments = [
  { name: 'compile', call: 'writeFileSync', nth: 3 },
  { name: 'compile', call: 'renameSync', nth: 2 },
  { name: 'deliver', call: 'unlinkSync', nth: 2 },
];

/** Of all calls that change a folder, one of each sort: the middle one, at which some are done and some are not. */
async function allMoments(t: TestContext, commands: Readonly<Record<string, Command>>) {
  const moments: typeof someMoments = [];
  for (const [name, { desk, folders, args }] of Object.entries(commands)) {
    const calls = await deskOf(t, desk).callsOf(folders, ...args);
    for (const call of new Set(calls)) {
      const count = calls.filter((other) => other === call).length;
      moments.push({ name, call, nth: Math.floor(count / 2) });
    }
  }
  return moments;
}

async function isMadeWhole(t: TestContext, command: Command, moment: Omit<Moment, 'folders'>): Promise<void> {
  const { desk: like, args, folders, theirs } = command;
  const desk = deskOf(t, like);
  const before = stateOf(desk, folders);
  assert.equal(await desk.runUntil({ ...moment, folders }, ...args), 'SIGKILL');
  const found = stateOf(desk, folders);
  const after = await command.after();
  assert.ok(!isSame(before, after));

  const isOurs = (name: string) => name.split('/').some(isTemporary);
  for (const [name, text] of Object.entries(found))
    assert.ok(isOurs(name) || text === '/' || text === before[name] || text === after[name], name);
  await done(desk, ...args);
  assert.deepEqual(stateOf(desk, folders), after);
  const names = Object.keys(theirs);
  assert.deepEqual(Object.fromEntries(names.map((name) => [name, after[name]])), theirs);
}

async function done(desk: Desk, ...args: string[]): Promise<void> {
  const { code, error } = await desk.run(...args);
  assert.equal(code, 0, error);
}
