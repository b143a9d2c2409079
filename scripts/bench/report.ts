import type { Growth, HereResult, LikeResult, Results, Samples, SizeResult, StageResult } from './results.ts';
import { growthOf } from './results.ts';
import type { Exponent } from './statistics.ts';
import { type Column, count, megabytes, seconds, table } from './table.ts';
import { targetsOf } from './targets.ts';

/** The whole report, for people. Parts that were not measured are not there. */
export function report(results: Results): string {
  const { machine, here, sizes, stages, like, failures } = results;
  const [before, after] = machine.load;
  const busy = Math.max(before, after) > machine.cores ? ': others were working too, so believe processor time' : '';
  const sections = [
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node}\n` +
      `load ${before.toFixed(1)} before, ${after.toFixed(1)} after${busy}\n` +
      'Each figure is the median of fresh processes; in brackets the least and the most. Memory is the largest process.\n',
    here && section(`This repository's platform, ${here.documents} documents`, hereTable(here)),
    sizes.length > 0 && section('All documents of two environments', sizesTable(sizes)),
    stages.length > 0 &&
      section(
        'Each stage, without out/: seconds, processor seconds of all threads, and the most memory until its end',
        stagesTable(stages),
      ),
    like.length > 0 && section('The same work: three documents a service, one environment', likeTable(like)),
    growthSection(growthOf(results)),
    section('Targets', targetsTable(results)),
    failures.length > 0 && section('Could not be measured', failures.map((failure) => `${failure}\n`).join('')),
  ];
  return sections.filter(Boolean).join('\n');
}

function section(title: string, body: string): string {
  return `${title}\n\n${body}`;
}

const FIGURES: readonly Column[] = [
  { title: 'wall', align: 'right' },
  { title: '' },
  { title: 'processor', align: 'right' },
  { title: 'memory', align: 'right' },
  { title: 'runs', align: 'right' },
];

function figures({ wall, cpu, memory, runs }: Samples): string[] {
  const range = runs > 1 ? `(${seconds(wall.least)} – ${seconds(wall.most)})` : '';
  return [seconds(wall.median), range, seconds(cpu.median), megabytes(memory.median), `${runs}`];
}

function hereTable({ rows }: HereResult): string {
  return table(
    [{ title: 'state' }, ...FIGURES],
    rows.map(({ what, samples }) => [what, ...figures(samples)]),
  );
}

function sizesTable(sizes: readonly SizeResult[]): string {
  const rows = sizes.flatMap((size) => [
    [count(size.services), count(size.documents), 'cold', ...figures(size.cold)],
    ['', '', 'nothing changed', ...figures(size.warm)],
    ['', '', 'one service changed', ...figures(size.edit)],
  ]);
  const columns: Column[] = [
    { title: 'services', align: 'right' },
    { title: 'documents', align: 'right' },
    { title: 'state' },
    ...FIGURES,
  ];
  return table(columns, rows);
}

/** A row for each stage, three columns for each size. */
function stagesTable(results: readonly StageResult[]): string {
  const names = [...new Set(results.flatMap(({ stages }) => stages.map(({ stage }) => stage)))];
  const columns: Column[] = [
    { title: 'stage' },
    ...results.flatMap(({ services }): Column[] => [
      { title: `${count(services)}`, align: 'right' },
      { title: '', align: 'right' },
      { title: '', align: 'right' },
    ]),
  ];
  const rows = names.map((name) => [
    STAGES[name] ?? name,
    ...results.flatMap(({ stages }) => {
      const found = stages.find(({ stage }) => stage === name);
      return found ? [seconds(found.wall / 1000), seconds(found.cpu / 1000), megabytes(found.peak)] : ['', '', ''];
    }),
  ]);
  return table(columns, rows);
}

/** What is no stage of the pipeline, in words. */
const STAGES: Readonly<Record<string, string>> = {
  start: 'Node and tsx start',
  modules: 'our modules are loaded',
  plan: 'plan of the write',
};

function likeTable(like: readonly LikeResult[]): string {
  const rows = like.map((result, index) => {
    const services = like[index - 1]?.services === result.services ? '' : count(result.services);
    if ('left' in result) return [services, result.title, ...FIGURES.map(() => ''), '', '', result.left];
    const documents = result.documents === undefined ? '' : count(result.documents);
    return [services, result.title, ...figures(result.samples), documents, result.writes, result.checks];
  });
  const columns: Column[] = [
    { title: 'services', align: 'right' },
    { title: 'program' },
    ...FIGURES,
    { title: 'documents', align: 'right' },
    { title: 'writes' },
    { title: 'checks' },
  ];
  return table(columns, rows);
}

function growthSection(growth: readonly Growth[]): string | false {
  if (growth.length === 0) return false;
  const shown = (exponent: Exponent | undefined) =>
    exponent ? `${exponent.fitted.toFixed(2)} (${exponent.last.toFixed(2)})` : '';
  const columns: Column[] = [
    { title: 'what' },
    { title: 'wall', align: 'right' },
    { title: 'processor', align: 'right' },
    { title: 'memory', align: 'right' },
  ];
  return section(
    'Growth: the exponent, from 100 services on, of what is above the cost of the smallest size (1 is linear);\n' +
      'in brackets between the two largest sizes alone',
    table(
      columns,
      growth.map(({ what, wall, cpu, memory }) => [what, shown(wall), shown(cpu), shown(memory)]),
    ),
  );
}

function targetsTable(results: Results): string {
  const words = (met: boolean | undefined) => (met === undefined ? 'not measured' : met ? 'met' : 'missed');
  return table(
    [{ title: 'target' }, { title: 'wanted' }, { title: 'found', align: 'right' }, { title: '' }],
    targetsOf(results).map(({ what, wanted, found, met }) => [what, wanted, found, words(met)]),
  );
}
