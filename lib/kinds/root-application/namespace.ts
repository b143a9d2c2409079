import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../json.ts';
import { kubernetesKeys } from '../application/keys.ts';
import type { Kind } from '../kind.ts';

const schema = JSON.parse(readFileSync(new URL('./namespace.schema.json', import.meta.url), 'utf8')) as JsonObject;

/**
 * The namespace that all services of one environment share. The root Application makes it: a service's Application that did so would
 * need the right to change namespaces, and many would write the labels of one.
 */
export const namespace: Kind = {
  name: 'namespace',
  owner: 'compiler',
  format: 'yaml',
  template: new URL('./namespace.libsonnet', import.meta.url),
  schema: () => schema,
  keyOrder: kubernetesKeys,
  list: (model) =>
    Object.values(model.environments).map(({ name, directory }) => ({
      target: model.gitops.name,
      path: `${directory}/_argocd/namespace.yaml`,
      slice: {
        kubernetesVersion: ['environments', name, 'cluster', 'kubernetesVersion'],
        namespace: ['environments', name, 'namespace'],
        platform: ['name'],
        podSecurity: ['environments', name, 'podSecurity'],
      },
      subject: ['environments', name],
      environment: name,
    })),
};
