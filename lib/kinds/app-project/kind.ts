import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../json.ts';
import type { Environment, Model } from '../../model/model.ts';
import { kubernetesKeys } from '../application/keys.ts';
import type { DocumentPlan, Kind } from '../kind.ts';

const schema = JSON.parse(readFileSync(new URL('./schema.json', import.meta.url), 'utf8')) as JsonObject;

const shape = {
  owner: 'compiler',
  format: 'yaml',
  schema: () => schema,
  keyOrder: [...kubernetesKeys, 'description', 'group', 'sourceRepos', 'destinations', 'server'],
} as const;

/** What Applications of services may do: this repository, the namespace of the services, nothing of the cluster itself. */
export const servicesProject: Kind = {
  ...shape,
  name: 'services-project',
  template: new URL('./services.libsonnet', import.meta.url),
  list: (model) => plans(model, 'services', 'project'),
};

/** What the root Application may do: make what Argo CD works from, and the services' namespace. */
export const rootProject: Kind = {
  ...shape,
  name: 'root-project',
  template: new URL('./root.libsonnet', import.meta.url),
  list: (model) => plans(model, 'root', 'rootProject'),
};

function plans(model: Model, file: string, project: keyof Environment['delivery']): DocumentPlan[] {
  return Object.values(model.environments).map(({ name, directory }) => {
    const environment = ['environments', name];
    const delivery = [...environment, 'delivery'];
    return {
      target: model.gitops.name,
      path: `${directory}/_argocd/projects/${file}.yaml`,
      slice: {
        argocdNamespace: [...delivery, 'argocdNamespace'],
        environment: [...environment, 'displayName'],
        namespace: [...environment, 'namespace'],
        project: [...delivery, project],
        repository: [...delivery, 'repository'],
        server: [...delivery, 'destinationServer'],
      },
      subject: environment,
      environment: name,
    };
  });
}
