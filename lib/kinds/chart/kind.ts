import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { Model } from '../../model/model.ts';
import type { Kind } from '../kind.ts';

/** The Helm chart that every service uses: the files of `lib/chart`, as they are. */
export const chart: Kind = {
  name: 'chart',
  owner: 'compiler',
  // Templates are no YAML before Helm has run.
  format: 'text',
  comment: commentIn,
  list: (model) =>
    folders(model).flatMap(({ target, folder }) =>
      files.map(({ path, text }) => ({
        target,
        path: `${folder}/${path}`,
        slice: {},
        subject: ['gitops'],
        text,
      })),
    ),
};

/** In a template, a comment that is in none of the objects it renders. JSON has none: the schema says it itself. */
function commentIn(path: string): readonly [before: string, after: string] | undefined {
  if (path.includes('/templates/')) return ['{{- /* ', ' */ -}}'];
  if (path.endsWith('.yaml')) return ['# ', ''];
  return path.endsWith('.md') ? ['<!-- ', ' -->'] : undefined;
}

const root = new URL('../../chart/', import.meta.url);

/** Sorted by path; read once, so that one run of the compiler writes one chart. */
const files: readonly Readonly<{ path: string; text: string }>[] = readdirSync(root, { recursive: true })
  .map((path) => String(path).replaceAll('\\', '/'))
  .filter((path) => statSync(new URL(path, root)).isFile())
  .sort((a, b) => (a < b ? -1 : 1))
  .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }));

/** Where Applications look for the chart; each place once, whatever number of environments shares it. */
function folders({ environments }: Model): { target: string; folder: string }[] {
  const found = new Map<string, { target: string; folder: string }>();
  for (const { delivery } of Object.values(environments)) {
    const place = { target: delivery.repository.name, folder: delivery.chart };
    found.set(JSON.stringify(place), place);
  }
  return [...found.values()];
}
