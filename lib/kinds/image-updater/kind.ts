import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../json.ts';
import { kubernetesKeys } from '../application/keys.ts';
import type { Kind } from '../kind.ts';

const schema = JSON.parse(readFileSync(new URL('./schema.json', import.meta.url), 'utf8')) as JsonObject;

/** What argocd-image-updater keeps up to date in one environment: of each service, which tags, and the file it writes them into. */
export const imageUpdater: Kind = {
  name: 'image-updater',
  owner: 'compiler',
  format: 'yaml',
  template: new URL('./document.libsonnet', import.meta.url),
  schema: () => schema,
  keyOrder: [
    ...kubernetesKeys,
    ...[
      'namePattern',
      'writeBackConfig',
      'method',
      'gitConfig',
      'repository',
      'branch',
      'writeBackTarget',
      'images',
      'alias',
    ],
    ...['imageName', 'commonUpdateSettings', 'updateStrategy', 'allowTags'],
  ],
  list: (model) =>
    Object.values(model.environments)
      // It wants at least one Application.
      .filter(({ delivery }) => delivery.updates.length > 0)
      .map(({ name, directory }) => {
        const delivery = ['environments', name, 'delivery'];
        return {
          target: model.gitops.name,
          path: `${directory}/_argocd/image-updater.yaml`,
          slice: {
            argocdNamespace: [...delivery, 'argocdNamespace'],
            imageUpdater: [...delivery, 'imageUpdater'],
            repository: [...delivery, 'repository'],
            updates: [...delivery, 'updates'],
            writeSecret: [...delivery, 'writeSecret'],
          },
          subject: ['environments', name],
          environment: name,
        };
      }),
};
