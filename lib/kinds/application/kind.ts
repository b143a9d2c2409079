import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../json.ts';
import type { Kind } from '../kind.ts';
import { kubernetesKeys } from './keys.ts';

/** What the Applications of this compiler look like: services', the root's and that of the extra manifests. */
export const applicationSchema = JSON.parse(
  readFileSync(new URL('./schema.json', import.meta.url), 'utf8'),
) as JsonObject;

export const applicationKeys: readonly string[] = [
  ...kubernetesKeys,
  ...['project', 'source', 'repoURL', 'targetRevision', 'path', 'helm', 'releaseName', 'valueFiles', 'destination'],
  ...['syncPolicy', 'automated', 'group'],
];

/**
 * Argo CD's Application of one service in one environment. Services' folders begin with a letter, so `_argocd` is none of them. A job
 * that comes before a service is part of the service's: of two Applications neither waits for the other.
 */
export const application: Kind = {
  name: 'application',
  owner: 'compiler',
  format: 'yaml',
  template: new URL('./document.libsonnet', import.meta.url),
  alike: true,
  schema: () => applicationSchema,
  keyOrder: applicationKeys,
  list: (model) =>
    Object.values(model.services).flatMap(({ name, environments }) =>
      Object.values(environments)
        .filter(({ before }) => before === null)
        .map(({ environment, directory }) => {
          const subject = ['services', name, 'environments', environment];
          // Its fields and not all of `delivery`, which lists every service of the environment.
          const delivery = ['environments', environment, 'delivery'];
          return {
            target: model.gitops.name,
            path: `${directory}/_argocd/applications/${name}.yaml`,
            slice: {
              application: [...subject, 'application'],
              argocdNamespace: [...delivery, 'argocdNamespace'],
              chart: [...delivery, 'chart'],
              directory: [...subject, 'directory'],
              namespace: [...subject, 'namespace'],
              project: [...delivery, 'project'],
              releaseJobs: [...subject, 'releaseJobs'],
              repository: [...delivery, 'repository'],
              server: [...delivery, 'destinationServer'],
              service: [...subject, 'name'],
            },
            subject,
            environment,
            service: name,
          };
        }),
    ),
};
