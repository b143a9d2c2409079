import { readFileSync } from 'node:fs';
import { SHARED } from '../../azure/unit.ts';
import { unitSorts } from '../../azure/units.ts';
import type { Path } from '../../finding/finding.ts';
import type { JsonObject } from '../../json.ts';
import type { Model } from '../../model/model.ts';
import type { DocumentPlan, Kind } from '../kind.ts';

/**
 * Terragrunt's own files. Each is the same for every organisation and takes all that differs from JSON that the compiler writes
 * beside it: what the compiler writes once cannot go stale, and no text from a model is ever read as HCL.
 */
export const terragrunt: readonly Kind[] = [
  scaffold(({ infrastructure }) => [
    file('root.hcl', './root.hcl', infrastructure.name, ['infrastructure']),
    file('azurerm.hcl', './azurerm.hcl', infrastructure.name, ['infrastructure']),
  ]),
  scaffold((model) =>
    places(model).map(({ directory, owner, environment }) => ({
      ...file(`${directory}/env.hcl`, './env.hcl', model.infrastructure.name, owner),
      ...(environment === undefined ? {} : { environment }),
    })),
  ),
  scaffold((model) =>
    unitSorts.flatMap((sort) =>
      sort.list(model).map(({ directory, name, subject, environment, service }) => ({
        ...file(
          `${directory}/${name}/terragrunt.hcl`,
          `../../azure/units/${sort.name}/terragrunt.hcl`,
          model.infrastructure.name,
          subject,
        ),
        ...(environment === undefined ? {} : { environment }),
        ...(service === undefined ? {} : { service }),
      })),
    ),
  ),
  {
    name: 'terragrunt-facts',
    owner: 'compiler',
    format: 'json',
    template: new URL('./platform.libsonnet', import.meta.url),
    schema: () => platformSchema,
    list: ({ infrastructure }) => [
      {
        target: infrastructure.name,
        path: 'live/platform.generated.json',
        slice: { state: ['infrastructure', 'state'], tenantId: ['azure', 'tenantId'] },
        subject: ['infrastructure'],
      },
    ],
  },
  {
    name: 'terragrunt-facts',
    owner: 'compiler',
    format: 'json',
    template: new URL('./env.libsonnet', import.meta.url),
    schema: () => environmentSchema,
    list: (model) =>
      places(model).map(({ directory, owner, environment }) => ({
        target: model.infrastructure.name,
        path: `live/${directory}/env.generated.json`,
        slice: {
          subscriptionId: [...owner, 'subscriptionId'],
          location: [...owner, 'location'],
          tags: [...owner, 'tags'],
          tenantId: ['azure', 'tenantId'],
        },
        subject: owner,
        ...(environment === undefined ? {} : { environment }),
      })),
  },
];

/** Every folder of `live/`, and whose it is in the model. */
function places(model: Model): { directory: string; owner: Path; environment?: string }[] {
  return [
    { directory: SHARED, owner: ['registry'] },
    ...Object.values(model.environments).map(({ name, directory }) => ({
      directory,
      owner: ['environments', name],
      environment: name,
    })),
  ];
}

function scaffold(list: Kind['list']): Kind {
  return { name: 'terragrunt', owner: 'scaffold', format: 'text', comment: () => ['# ', ''], list };
}

/** A file of this repository, copied to `live/<path>`. */
function file(path: string, from: string, target: string, subject: Path): DocumentPlan {
  return {
    target,
    path: `live/${path}`,
    slice: {},
    subject,
    text: textOf(from),
  };
}

const texts = new Map<string, string>();

/** Each file is read once, not once a unit: thousands of services have thousands of units. */
function textOf(from: string): string {
  const known = texts.get(from);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(from, import.meta.url), 'utf8');
  texts.set(from, text);
  return text;
}

/** Facts are texts, all of them there. */
function factsSchema(title: string, names: readonly string[], more: Readonly<Record<string, JsonObject>>): JsonObject {
  const properties: JsonObject = { ...Object.fromEntries(names.map((name) => [name, text])), ...more };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    type: 'object',
    properties: { _generated: { type: 'string' }, ...properties },
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

const text: JsonObject = { type: 'string', minLength: 1 };

const platformSchema = factsSchema('What all units share', ['tenant_id'], {
  state: {
    type: 'object',
    properties: { container: text, resource_group: text, storage_account: text, subscription_id: text },
    required: ['container', 'resource_group', 'storage_account', 'subscription_id'],
    additionalProperties: false,
  },
});

const environmentSchema = factsSchema(
  'What the units of a folder share',
  ['subscription_id', 'tenant_id', 'location'],
  {
    tags: { type: 'object', additionalProperties: { type: 'string' } },
  },
);
