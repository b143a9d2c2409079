import { applicationKeys, applicationSchema } from '../application/kind.ts';
import type { Kind } from '../kind.ts';

/**
 * The Application of one environment that makes all others: its path is `_argocd`, with subfolders. It lies there itself, so that a
 * change of it comes by commit as well; only the bootstrap applies it by hand, after its project.
 */
export const rootApplication: Kind = {
  name: 'root-application',
  owner: 'compiler',
  format: 'yaml',
  template: new URL('./document.libsonnet', import.meta.url),
  schema: () => applicationSchema,
  keyOrder: applicationKeys,
  list: (model) =>
    Object.values(model.environments).map(({ name, directory }) => {
      const environment = ['environments', name];
      const delivery = [...environment, 'delivery'];
      return {
        target: model.gitops.name,
        path: `${directory}/_argocd/root.yaml`,
        slice: {
          application: [...delivery, 'rootApplication'],
          argocdNamespace: [...delivery, 'argocdNamespace'],
          directory: [...environment, 'directory'],
          project: [...delivery, 'rootProject'],
          repository: [...delivery, 'repository'],
          server: [...delivery, 'destinationServer'],
        },
        subject: environment,
        environment: name,
      };
    }),
};
