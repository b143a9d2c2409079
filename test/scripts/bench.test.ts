import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readCall, WrongCall } from '../../scripts/bench/options.ts';
import { peerServices, peers, templates } from '../../scripts/bench/peers.ts';
import { editOf, platformFiles, serviceName } from '../../scripts/bench/platform.ts';
import { report } from '../../scripts/bench/report.ts';
import { summaryOf } from '../../scripts/bench/repository.ts';
import { growthOf, type Results, samplesOf } from '../../scripts/bench/results.ts';
import { growthExponent, median, spread } from '../../scripts/bench/statistics.ts';
import { count, megabytes, seconds, table } from '../../scripts/bench/table.ts';
import { targetsOf } from '../../scripts/bench/targets.ts';

describe('statistics', () => {
  test('the median is the middle one, or what lies between the two in the middle', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.throws(() => median([]), /no median/);
    assert.deepEqual(spread([2, 9, 1]), { median: 2, least: 1, most: 9 });
  });

  for (const exponent of [0.5, 1, 1.5, 2])
    test(`an exponent of ${exponent} is found above a constant cost`, () => {
      const points = [1, 10, 100, 1000, 10_000].map((size) => ({ size, value: 7 + 0.01 * (size ** exponent - 1) }));
      const { fitted, last } = growthExponent(points) ?? { fitted: Number.NaN, last: Number.NaN };
      assert.ok(Math.abs(fitted - exponent) < 0.03, `${fitted}`);
      assert.ok(Math.abs(last - exponent) < 0.03, `${last}`);
    });

  test('what begins to grow faster shows in the last step first', () => {
    const points = [1, 100, 1000, 10_000].map((size) => ({ size, value: 1 + size / 100 + (size / 1000) ** 2 }));
    const { fitted, last } = growthExponent(points) ?? { fitted: Number.NaN, last: Number.NaN };
    assert.ok(last > fitted && fitted > 1, `${fitted}, ${last}`);
  });

  test('two sizes beside the smallest are the least that an exponent is fitted to', () => {
    const value = (size: number) => ({ size, value: size });
    assert.equal(growthExponent([]), undefined);
    assert.equal(growthExponent([1, 1000].map(value)), undefined);
    assert.equal(growthExponent([1, 10, 50].map(value)), undefined);
    assert.notEqual(growthExponent([1, 100, 1000].map(value)), undefined);
  });

  test('a size that costs no more than the smallest has no say', () => {
    const flat = [1, 100, 1000].map((size) => ({ size, value: 5 }));
    assert.equal(growthExponent(flat), undefined);
  });
});

describe('a table', () => {
  test('is aligned, and no line ends in a space', () => {
    const columns = [{ title: 'what' }, { title: 's', align: 'right' as const }, { title: 'note' }];
    assert.equal(
      table(columns, [['a', '1.50', ''], ['longer', '12', 'yes'], ['short row']]),
      [
        'what          s  note',
        '─────────  ────  ────',
        'a          1.50',
        'longer       12  yes',
        'short row',
        '',
      ].join('\n'),
    );
  });

  test('shows three digits and no more', () => {
    assert.deepEqual([0.523, 12.34, 413.6].map(seconds), ['0.52 s', '12.3 s', '414 s']);
    assert.deepEqual([298.4, 12_915].map(megabytes), ['298 MB', '12.9 GB']);
    assert.equal(count(10_000), '10,000');
  });
});

describe('options', () => {
  test('say what to measure', () => {
    const call = readCall([
      '--sizes',
      '100,10,10',
      '--repeat',
      '2',
      '--only',
      'here',
      '--only',
      'peers',
      '--need-peers',
    ]);
    assert.deepEqual(call, {
      command: 'run',
      options: {
        quick: false,
        sizes: [10, 100],
        repeat: 2,
        parts: new Set(['here', 'peers']),
        needPeers: true,
        json: '.cache/bench.json',
      },
    });
  });

  test('are all sizes, or those that are quick', () => {
    const sizes = (...args: string[]) => {
      const call = readCall(args);
      return call.command === 'run' ? call.options.sizes : [];
    };
    assert.deepEqual(sizes(), [1, 10, 100, 1000, 10_000]);
    assert.deepEqual(sizes('--quick'), [1, 100, 1000]);
  });

  test('install takes the names of peers', () => {
    assert.deepEqual(readCall(['install', 'cue']), { command: 'install', names: ['cue'] });
    assert.deepEqual(readCall(['install']), { command: 'install', names: [] });
  });

  for (const [args, message] of [
    [['--sizes', '0'], '--sizes takes whole numbers from 1 to 20000, not `0`'],
    [['--sizes', '10,,20'], '--sizes takes whole numbers from 1 to 20000, not ``'],
    [['--sizes', '100000'], '--sizes takes whole numbers from 1 to 20000, not `100000`'],
    [['--repeat', '1.5'], '--repeat takes whole numbers from 1 to 100, not `1.5`'],
    [['--only', 'everything'], '--only takes here, sizes, stages, peers, not `everything`'],
    [['--json', ''], '--json needs a value'],
    [['--fast'], "Unknown option '--fast'"],
    [['measure'], 'there is no command `measure`; there are run, install and list'],
    [['list', 'cue'], '`list` takes no `cue`'],
    [['list', '--quick'], '--quick is an option of `run`'],
    [['install', 'make'], 'there is no peer `make`; there are jsonnet, cue, cdk8s, kapitan'],
  ] as const)
    test(`a wrong call is one line: ${args.join(' ')}`, () => {
      assert.throws(
        () => readCall(args),
        (error) => error instanceof WrongCall && error.message === message,
      );
    });
});

describe('the platform', () => {
  test('has as many services as asked for, in files of a hundred, and is the same each time', () => {
    const files = platformFiles({ services: 250, environments: 2 });
    assert.deepEqual([...files.keys()].sort(), [
      'platform.config.ts',
      'platform.sealed.json',
      'services/part-000.ts',
      'services/part-001.ts',
      'services/part-002.ts',
      'sources.ts',
    ]);
    const parts = [...files].flatMap(([file, text]) => (file.startsWith('services/') ? [text] : []));
    assert.equal(parts.join('').match(/^ {2}'[a-z]+-\d{5}': \{$/gm)?.length, 250);
    assert.deepEqual(platformFiles({ services: 250, environments: 2 }), files);
  });

  test('is changed in one line of one file', () => {
    const { file, before, after } = editOf({ services: 250 });
    assert.equal(platformFiles({ services: 250, environments: 2 }).get(file), before);
    const lines = after.split('\n');
    assert.equal(before.split('\n').filter((line, index) => line !== lines[index]).length, 1);
  });

  test('is told to peers by the same names', () => {
    assert.deepEqual(
      peerServices(3).map(({ name }) => name),
      [0, 1, 2].map(serviceName),
    );
  });
});

describe('peers', () => {
  test('are pinned to one version', () => {
    for (const { name, version, source } of peers) {
      assert.match(version, /^v?\d+\.\d+\.\d+$/, name);
      if (source === 'npm') assert.ok(existsSync(join(templates, name, 'package-lock.json')), name);
      if (source === 'python') assert.ok(existsSync(join(templates, name, 'requirements.txt')), name);
    }
  });
});

test('what compile says of itself is read, and silence is an error', () => {
  assert.deepEqual(summaryOf('1 warning\n117 documents, none written, 1.1 s\n'), { documents: 117, written: 0 });
  assert.deepEqual(summaryOf('6473 documents, 12 written, 10.5 s\n'), { documents: 6473, written: 12 });
  assert.throws(() => summaryOf('nothing was written\n'), /did not say/);
});

describe('the report', () => {
  const samples = (wall: number) => samplesOf([{ wall, cpu: wall * 2, memory: wall * 100 }]);
  const common = { name: 'cue', title: 'cue export v0', checks: 'types', writes: 'YAML' };
  const results: Results = {
    machine: { processor: 'a chip', cores: 2, memoryGb: 24, node: '20.0.0', system: 'linux 6', load: [0.1, 0.2] },
    here: undefined,
    sizes: [1, 100, 1000, 10_000].map((services) => ({
      services,
      documents: services * 6,
      cold: samples(1 + services / 100),
      warm: samples(1),
      edit: samples(1),
    })),
    stages: [],
    failures: [],
    like: [
      { ...common, services: 1000, name: 'platform-compiler', title: 'ours', samples: samples(2), documents: 3055 },
      { ...common, services: 1000, samples: samples(3), documents: 3000 },
      { ...common, services: 1000, name: 'cdk8s', title: 'cdk8s synth', left: 'not installed' },
    ],
  };

  test('names a peer that is not installed, and leaves its target unjudged', () => {
    const text = report(results);
    assert.match(text, /^ +cdk8s synth +not installed$/m);
    assert.match(text, /less time than cdk8s synth +not measured +not measured$/m);
    assert.match(text, /aiming at cue export +under 3\.00 s +2\.00 s +met$/m);
  });

  test('judges what was measured', () => {
    const met = Object.fromEntries(targetsOf(results).map(({ what, met }) => [what, met]));
    assert.equal(met['1,000 services in two environments, cold'], false);
    assert.equal(met["this repository's platform, the whole compile"], undefined);
    assert.equal(met['exponent of time'], true);
  });

  test('does not judge growth by small sizes', () => {
    const small = { ...results, sizes: results.sizes.filter(({ services }) => services < 10_000) };
    assert.equal(targetsOf(small).find(({ what }) => what === 'exponent of time')?.met, undefined);
  });

  test('fits an exponent to each series that grows', () => {
    const [cold, ...others] = growthOf(results);
    assert.equal(cold?.what, 'platform-compiler, two environments, cold');
    assert.ok(Math.abs((cold?.wall?.fitted ?? 0) - 1) < 0.01);
    assert.deepEqual(others, []);
  });
});
