import type { Path } from '../../finding/finding.ts';
import type { Kind } from '../kind.ts';
import { actions, reference } from './actions.ts';
import { workflowSchema } from './schema.ts';

/** The GitHub workflow of a source repository that builds and pushes its images for one environment. */
export const workflow: Kind = {
  name: 'workflow',
  owner: 'compiler',
  format: 'yaml',
  template: new URL('./document.libsonnet', import.meta.url),
  alike: true,
  schema: () => workflowSchema,
  keyOrder: [
    ...['id', 'name', 'on', 'permissions', 'concurrency', 'group', 'jobs', 'runs-on', 'timeout-minutes', 'environment'],
    ...[
      'strategy',
      'fail-fast',
      'matrix',
      'image',
      'steps',
      'uses',
      'shell',
      'env',
      'with',
      'run',
      'context',
      'file',
      'target',
    ],
    ...['push', 'tags'],
  ],
  comments: (path, value) => versionOf(path, value) ?? reasonOf(path, value),
  list: (model) =>
    Object.values(model.sources).flatMap(({ name, workflows }) =>
      Object.entries(workflows).map(([environment, workflow]) => ({
        target: name,
        path: `.github/workflows/${workflow.name}.yaml`,
        slice: { workflow: ['sources', name, 'workflows', environment] },
        subject: ['sources', name, 'workflows', environment],
        environment,
      })),
    ),
};

/** Dependabot and zizmor read the release of a pinned action from this comment. */
function versionOf(path: Path, value: unknown): string | undefined {
  if (path.at(-1) !== 'uses') return undefined;
  return Object.entries(actions).find(([name, action]) => reference(name, action) === value)?.[1].version;
}

/** What the one scope that may write is for. */
function reasonOf(path: Path, value: unknown): string | undefined {
  if (value !== 'write' || path.at(-2) !== 'permissions') return undefined;
  return REASONS[String(path.at(-1))] ?? 'set in platform.config.ts';
}

const REASONS: Readonly<Record<string, string>> = {
  'id-token': 'azure/login shows it to Azure instead of a stored password',
};
