import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../json.ts';
import type { Model, Service } from '../../model/model.ts';
import type { DocumentPlan, Kind } from '../kind.ts';

const shape = {
  format: 'yaml',
  template: new URL('./document.libsonnet', import.meta.url),
  alike: true,
  schema: () => schema,
  keyOrder: ['image', 'repository', 'tag'],
} as const;

/**
 * The image of one service in one environment: seeded here, its tag then written by argocd-image-updater. A job that comes before a
 * service runs that service's image, from the same file: it never has another tag.
 */
export const image: Kind = {
  ...shape,
  name: 'image',
  owner: 'controller',
  list: (model) => plans(model, (service) => service.image.updated),
};

/** The image of a service that nothing updates: its tag is the configuration's, so a new one must be written, too. */
export const fixedImage: Kind = {
  ...shape,
  name: 'fixed-image',
  owner: 'compiler',
  list: (model) => plans(model, (service) => !service.image.updated),
};

function plans(model: Model, includes: (service: Service) => boolean): DocumentPlan[] {
  return Object.values(model.services).flatMap(({ name, environments }) =>
    Object.values(environments)
      .filter((service) => service.before === null && includes(service))
      .map(({ environment, directory }) => {
        const subject = ['services', name, 'environments', environment];
        return {
          target: model.gitops.name,
          path: `${directory}/${name}/image.yaml`,
          slice: { image: [...subject, 'image'] },
          subject: [...subject, 'image'],
          environment,
          service: name,
        };
      }),
  );
}

const chartSchema = JSON.parse(readFileSync(new URL('../../chart/values.schema.json', import.meta.url), 'utf8')) as {
  properties: { image: JsonObject };
};

const schema: JsonObject = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Image of a service',
  type: 'object',
  additionalProperties: false,
  required: ['image'],
  properties: { image: chartSchema.properties.image },
};
