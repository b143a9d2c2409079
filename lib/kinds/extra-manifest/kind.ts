import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../json.ts';
import { kubernetesKeys } from '../application/keys.ts';
import { applicationKeys, applicationSchema } from '../application/kind.ts';
import type { Kind } from '../kind.ts';

const schema = JSON.parse(readFileSync(new URL('./schema.json', import.meta.url), 'utf8')) as JsonObject;

/** A manifest of no service, as the configuration has it. */
export const extraManifest: Kind = {
  name: 'extra-manifest',
  owner: 'compiler',
  format: 'yaml',
  template: new URL('./document.libsonnet', import.meta.url),
  schema: () => schema,
  keyOrder: kubernetesKeys,
  list: (model) =>
    Object.values(model.environments).flatMap(({ name, directory, extraManifests }) =>
      extraManifests.map((extra, index) => {
        const manifest = ['environments', name, 'extraManifests', index, 'manifest'];
        return {
          target: model.gitops.name,
          path: `${directory}/_manifests/${extra.name}.yaml`,
          slice: { manifest },
          subject: manifest,
          copyOf: manifest,
          environment: name,
        };
      }),
    ),
};

/** The Application of these manifests, where there are any. */
export const extraManifestsApplication: Kind = {
  name: 'extra-manifests-application',
  owner: 'compiler',
  format: 'yaml',
  template: new URL('./application.libsonnet', import.meta.url),
  schema: () => applicationSchema,
  keyOrder: applicationKeys,
  list: (model) =>
    Object.values(model.environments)
      .filter(({ extraManifests }) => extraManifests.length > 0)
      .map(({ name, directory }) => {
        const environment = ['environments', name];
        const delivery = [...environment, 'delivery'];
        return {
          target: model.gitops.name,
          path: `${directory}/_argocd/manifests.yaml`,
          slice: {
            application: [...delivery, 'manifestsApplication'],
            argocdNamespace: [...delivery, 'argocdNamespace'],
            directory: [...environment, 'directory'],
            namespace: [...environment, 'namespace'],
            project: [...delivery, 'project'],
            repository: [...delivery, 'repository'],
            server: [...delivery, 'destinationServer'],
          },
          subject: [...environment, 'extraManifests'],
          environment: name,
        };
      }),
};
