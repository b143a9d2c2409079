import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { unitSorts } from '../../lib/azure/units.ts';
import { testWhatArgoCdReads } from './helm.ts';
import { judgeSomeInfrastructure } from './infrastructure.ts';
import { testWith } from './ledger.ts';
import { about, JUDGED, type Judged, random, readBy, temporaryFolder } from './platforms.ts';
import { judgeWorkflows } from './workflows.ts';

/** Platforms that nobody wrote by hand, as those who are given them read them. */

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));
const platforms = await random(folder);

const majors = ['helm3', 'helm4'] as const;
/** One of them for each release, in turns. */
const inTurns = (index: number) => majors.filter((_, turn) => turn === index % 2);
/** Where few platforms are judged, as in `npm test`, one release of three is read as often as every release is otherwise. */
const isSpared = (index: number) => JUDGED < 25 && index % 3 !== 0;

testWhatArgoCdReads(platforms, join(folder, 'manifests'), {
  render: (index) => (isSpared(index) ? inTurns(index) : majors),
  // A lint renders, too.
  lint: (index) => (isSpared(index) ? [] : inTurns(index)),
});

testWith(
  'actionlint',
  'shellcheck',
  'zizmor',
  'check-jsonschema',
)('actionlint, shellcheck, zizmor and GitHub’s schema find nothing in the workflows of random platforms', (t) => {
  const runners = platforms.flatMap(({ model }) =>
    Object.values(model.sources).flatMap(({ workflows }) => Object.values(workflows).map(({ runner }) => runner)),
  );
  const written = platforms.flatMap((platform) => readBy('github', platform));
  assert.ok(written.length > 0, 'none of them has workflows');
  assert.equal(judgeWorkflows(folder, [...new Set(runners)]), written.length);
  t.diagnostic(`${written.length} workflows of ${platforms.length} platforms`);
});

/** Terraform starts twice for a plan: of each platform some units are enough, when all sorts of them have their turn. */
const UNITS = Math.max(4, Math.ceil(unitSorts.length / platforms.length));

/** Sorts of units, how many platforms have them, and how often one was chosen so far. */
const sorts = unitSorts.map(({ name, list }) => ({
  name,
  list,
  platforms: platforms.filter(({ model }) => list(model).length > 0).length,
  chosen: 0,
}));

/** Units of a platform, of the sorts that were chosen least and of those that few have. */
function choose({ model }: Judged): string[] {
  return sorts
    .filter(({ list }) => list(model).length > 0)
    .sort((a, b) => a.chosen - b.chosen || a.platforms - b.platforms)
    .slice(0, UNITS)
    .map((sort) => {
      const units = sort.list(model);
      const { directory, name } = units[sort.chosen % units.length] ?? assert.fail(sort.name);
      sort.chosen++;
      return `${directory}/${name}`;
    });
}

testWith('terragrunt', 'terraform')(
  `terragrunt reads all units of random platforms and plans ${UNITS} of each, and every input arrives`,
  (t) => {
    for (const platform of platforms)
      about(platform, () => {
        const directory = join(platform.folder, platform.model.infrastructure.name);
        judgeSomeInfrastructure([{ directory, units: choose(platform) }]);
      });
    t.diagnostic(sorts.map(({ name, chosen }) => `${chosen} ${name}`).join(', '));
  },
);
