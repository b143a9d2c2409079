import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { programOf } from './install.ts';
import type { RunOptions } from './options.ts';
import { type Peer, peerServices, peers } from './peers.ts';
import { editOf, platformFiles } from './platform.ts';
import { needTime, run, type Usage } from './process.ts';
import { type Repository, repository } from './repository.ts';
import {
  type HereResult,
  type LikeResult,
  type Machine,
  type Results,
  type SizeResult,
  type StageResult,
  samplesOf,
} from './results.ts';
import type { StageReport } from './stages.ts';
import { count } from './table.ts';
import { OWN, WHOLE } from './targets.ts';

/**
 * Measures what was asked for, one process at a time, in a temporary folder that is gone afterwards.
 *
 * What cannot be measured is said and left out, so that the rest is not lost.
 *
 * @param say told of each thing that is measured next, and of each that is left out
 * @throws Error when nothing can be measured
 */
export function measure(options: RunOptions, say: (line: string) => void): Results {
  needTime();
  if (options.needPeers) needPeers();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const before = loadavg()[0] ?? 0;
  const { parts, sizes } = options;
  const failures: string[] = [];
  const attempt: Attempt = (what, work) => {
    say(what);
    try {
      return work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push(`${what}: ${message}`);
      say(`failed: ${message}`);
      return undefined;
    }
  };
  try {
    return {
      here: parts.has('here') ? measureHere(folder, options, attempt) : undefined,
      sizes: parts.has('sizes')
        ? sizes.flatMap((services) => measureSize(folder, services, options, attempt) ?? [])
        : [],
      stages: parts.has('stages') ? sizes.flatMap((services) => measureStages(folder, services, attempt) ?? []) : [],
      like: parts.has('peers') ? measureLike(folder, options, say, attempt) : [],
      machine: machine(before),
      failures,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Say = (line: string) => void;
/** Does what is named; `undefined` when that fails. */
type Attempt = <Result>(what: string, work: () => Result) => Result | undefined;

function machine(before: number): Machine {
  const [first] = cpus();
  return {
    processor: first?.model.trim() || 'processor',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    system: `${platform()} ${release()}`,
    load: [before, loadavg()[0] ?? 0],
  };
}

function needPeers(): void {
  const missing = peers.filter((peer) => programOf(peer) === undefined).map(({ name }) => name);
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}; npm run bench -- install`);
}

/** What is short is measured more often: there, chance is a larger part. */
function repetitions(services: number, { repeat, quick }: RunOptions): number {
  if (repeat !== undefined) return repeat;
  if (quick || services > 1000) return 1;
  return services > 100 ? 3 : 5;
}

function times<Result>(runs: number, once: () => Result): Result[] {
  return Array.from({ length: runs }, once);
}

function measureHere(parent: string, options: RunOptions, attempt: Attempt): HereResult | undefined {
  return attempt("this repository's platform", () => hereResult(parent, options));
}

function hereResult(parent: string, options: RunOptions): HereResult {
  const own = repository(parent);
  const runs = repetitions(1, options);
  const cold = times(runs, () => {
    own.forget('everything');
    return own.compile();
  });
  const whole = times(runs, () => {
    own.forget('outputs');
    return own.compile();
  });
  const warm = times(runs, () => own.compile());
  const npm = times(runs, () => own.npmRunCompile());
  rmSync(own.folder, { recursive: true });
  return {
    documents: whole[0]?.documents ?? 0,
    rows: [
      { what: 'no out/, nothing cached: a fresh clone', samples: samplesOf(cold) },
      { what: WHOLE, samples: samplesOf(whole) },
      { what: 'nothing changed', samples: samplesOf(warm) },
      { what: 'nothing changed, by npm run', samples: samplesOf(npm) },
    ],
  };
}

function measureSize(parent: string, services: number, options: RunOptions, attempt: Attempt): SizeResult | undefined {
  return attempt(`${count(services)} services in two environments`, () => sizeResult(parent, services, options));
}

function sizeResult(parent: string, services: number, options: RunOptions): SizeResult {
  const own = repository(parent);
  own.write(platformFiles({ services, environments: 2 }));
  const rounds = times(repetitions(services, options), () => round(own, services));
  rmSync(own.folder, { recursive: true });
  return {
    services,
    documents: rounds[0]?.cold.documents ?? 0,
    cold: samplesOf(rounds.map(({ cold }) => cold)),
    warm: samplesOf(rounds.map(({ warm }) => warm)),
    edit: samplesOf(rounds.map(({ edit }) => edit)),
  };
}

function round(own: Repository, services: number) {
  const { file, before, after } = editOf({ services });
  own.forget('everything');
  own.write(new Map([[file, before]]));
  const cold = own.compile();
  const warm = own.compile();
  if (warm.written > 0) throw new Error(`nothing changed, and ${warm.written} documents were written`);
  own.write(new Map([[file, after]]));
  const edit = own.compile();
  if (edit.written === 0) throw new Error('a service changed, and nothing was written');
  return { cold, warm, edit };
}

function measureStages(parent: string, services: number, attempt: Attempt): StageResult | undefined {
  return attempt(`stages of ${count(services)} services`, () => stageResult(parent, services));
}

function stageResult(parent: string, services: number): StageResult {
  const own = repository(parent);
  // Before what is measured, a small one: modules are translated then, as in every compile but the first.
  own.write(platformFiles({ services: 1, environments: 2 }));
  own.script('scripts/bench/stages.ts');
  own.forget('outputs');
  own.write(platformFiles({ services, environments: 2 }));
  const report = JSON.parse(own.script('scripts/bench/stages.ts').out) as StageReport;
  rmSync(own.folder, { recursive: true });
  return { services, ...report };
}

/** One of those that do the same work, ready to be run. */
type Runner = Readonly<{
  result: Omit<LikeResult, 'samples' | 'left' | 'documents'>;
  once: () => Usage;
  documents: () => number | undefined;
}>;

/** Of a peer's run: longer ones are left out, and the table says so. */
const LONGEST_SECONDS = { quick: 15, full: 120 };

/** What takes longer is run once: chance is a small part of it. */
const ONCE_FROM_SECONDS = 30;

function measureLike(parent: string, options: RunOptions, say: Say, attempt: Attempt): LikeResult[] {
  const results: LikeResult[] = [];
  const installed = new Map(peers.map((peer) => [peer, programOf(peer)]));
  for (const [peer, program] of installed)
    if (program === undefined)
      say(`${peer.name} ${peer.version} is not installed: npm run bench -- install ${peer.name}`);
  for (const services of options.sizes) {
    say(`${count(services)} services × 3 documents, and the others beside`);
    const folder = mkdtempSync(join(parent, 'like-'));
    const runners = [ownRunner(folder, services), ...peers.map((peer) => peerRunner(folder, services, peer))];
    const runs = repetitions(services, options);
    const measured = new Map<Runner, Usage[]>();
    const left = new Map<Runner, string>();
    for (const runner of runners) {
      const why = whyLeft(runner, services, results, { installed, quick: options.quick });
      if (why === undefined) measured.set(runner, []);
      else left.set(runner, why);
    }
    // In turn, so that what else this machine does meets all of them.
    for (let turn = 0; turn < runs; turn++)
      for (const [runner, usages] of measured)
        if (usages.every(({ wall }) => wall < ONCE_FROM_SECONDS)) {
          const usage = attempt(`  ${runner.result.title}, ${turn + 1} of ${runs}`, runner.once);
          if (usage) usages.push(usage);
          else measured.delete(runner);
        }
    for (const runner of runners) {
      const { result } = runner;
      const usages = measured.get(runner);
      if (usages) results.push({ ...result, samples: samplesOf(usages), documents: runner.documents() });
      else results.push({ ...result, left: left.get(runner) ?? 'failed' });
    }
    rmSync(folder, { recursive: true });
  }
  return results;
}

function whyLeft(
  { result: { name } }: Runner,
  services: number,
  results: readonly LikeResult[],
  { installed, quick }: { installed: ReadonlyMap<Peer, string | undefined>; quick: boolean },
): string | undefined {
  if (name === OWN) return undefined;
  for (const [peer, program] of installed) if (peer.name === name && program === undefined) return 'not installed';
  const before = results.filter((result) => result.name === name);
  const [first, last] = [before[0], before.at(-1)];
  if (!first || !last) return undefined;
  if (!('samples' in first)) return first.left;
  if (!('samples' in last)) return last.left;
  // What its smallest run took, it takes always.
  const constant = first === last ? 0 : first.samples.wall.median;
  const expected = constant + ((last.samples.wall.median - constant) * services) / last.services;
  const longest = quick ? LONGEST_SECONDS.quick : LONGEST_SECONDS.full;
  return last.services >= 100 && expected > longest
    ? `not measured: some ${expected.toFixed(0)} s, by its ${count(last.services)}`
    : undefined;
}

function ownRunner(folder: string, services: number): Runner {
  const own = repository(folder);
  own.write(platformFiles({ services, environments: 1 }));
  let documents: number | undefined;
  let isBuilt = false;
  return {
    result: {
      services,
      name: OWN,
      title: 'platform-compiler',
      checks: 'shapes, names, references, all rules, the schema of each document',
      writes: 'YAML files',
    },
    once() {
      // As the TypeScript of `cdk8s` is compiled before.
      if (!isBuilt) own.compile();
      isBuilt = true;
      own.forget('outputs');
      const ran = own.compile();
      documents = ran.documents;
      return ran;
    },
    documents: () => documents,
  };
}

function peerRunner(parent: string, services: number, peer: Peer): Runner {
  const folder = join(parent, peer.name);
  const { name, title, checks, writes } = peer;
  let prepared: ReturnType<Peer['prepare']> | undefined;
  let documents: number | undefined;
  return {
    result: { services, name, title: `${title} ${peer.version}`, checks, writes },
    once() {
      if (!prepared) {
        mkdirSync(folder);
        prepared = peer.prepare(folder, peerServices(services), programOf(peer) ?? '');
      }
      const { command, makes } = prepared;
      rmSync(join(folder, makes), { recursive: true, force: true });
      const usage = run(command, { folder });
      documents = documentsIn(join(folder, makes), services);
      return usage;
    },
    documents: () => documents,
  };
}

/**
 * A peer that made fewer documents did less work.
 *
 * @throws Error when files are not three a service
 */
function documentsIn(path: string, services: number): number {
  const wanted = services * 3;
  if (statSync(path).isFile()) return wanted; // one stream of them
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  if (files.length !== wanted) throw new Error(`${path} has ${files.length} files, not ${wanted}`);
  return files.length;
}
