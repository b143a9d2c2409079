import { isObject } from '../../lib/json.ts';

/** A file that kubeconform finds by `{{ .ResourceKind }}-{{ .Group }}-{{ .ResourceAPIVersion }}.json`. */
export type SchemaFile = Readonly<{ name: string; schema: Json }>;

type Json = Readonly<Record<string, unknown>>;

/**
 * Turns a CustomResourceDefinition into strict JSON Schemas, draft 7.
 *
 * What the API server would drop from an object is refused: it is a misspelling. Formats and the rules in CEL are not expressed.
 *
 * @param definition as parsed; its group is `apiextensions.k8s.io/v1`
 * @returns a schema for each served version
 * @throws Error when it uses a keyword whose meaning this module does not know, with the place
 * @see kubernetes.io, "Extend the Kubernetes API with CustomResourceDefinitions", structural schemas and pruning
 */
export function jsonSchemas(definition: unknown): SchemaFile[] {
  const { group, names, versions } = member(object(definition, 'definition'), 'spec') as Json;
  const { kind } = object(names, 'spec.names');
  return list(versions, 'spec.versions').flatMap((version) => {
    const { name, served, schema } = object(version, 'spec.versions');
    if (served !== true) return [];
    const place = `${kind} ${name}`;
    const root = convert(member(object(schema, place), 'openAPIV3Schema'), { closed: true, place }) as Json;
    return [
      {
        name: `${String(kind).toLowerCase()}-${group}-${name}.json`,
        schema: { $schema: 'http://json-schema.org/draft-07/schema#', ...resource(root, `${group}/${name}`, kind) },
      },
    ];
  });
}

/** What every object has, whatever its definition says of it: Kubernetes checks `metadata` itself. */
function resource(root: Json, apiVersion: string, kind: unknown): Json {
  const required = Array.isArray(root.required) ? root.required : [];
  return {
    ...root,
    required: [...new Set(['apiVersion', 'kind', 'metadata', ...required])],
    properties: {
      ...object(root.properties ?? {}, 'properties'),
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: objectMeta,
    },
  };
}

const string = { type: 'string' };
const strings = { type: 'object', additionalProperties: string };

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

/** @see kubernetes.io, "ObjectMeta" v1 meta; "Object Names and IDs" */
const objectMeta = {
  type: 'object',
  additionalProperties: false,
  anyOf: [{ required: ['name'] }, { required: ['generateName'] }],
  properties: {
    name: { type: 'string', pattern: `^${label}(\\.${label})*$`, maxLength: 253 },
    namespace: { type: 'string', pattern: `^${label}$`, maxLength: 63 },
    ...{ generateName: string, labels: strings, annotations: strings },
    ...{ uid: string, resourceVersion: string, selfLink: string, generation: { type: 'integer' } },
    ...{ creationTimestamp: { type: ['string', 'null'] }, deletionTimestamp: { type: ['string', 'null'] } },
    deletionGracePeriodSeconds: { type: 'integer' },
    finalizers: { type: 'array', items: string },
    managedFields: { type: 'array', items: { type: 'object' } },
    ownerReferences: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['apiVersion', 'kind', 'name', 'uid'],
        properties: {
          ...{ apiVersion: string, kind: string, name: string, uid: string },
          ...{ blockOwnerDeletion: { type: 'boolean' }, controller: { type: 'boolean' } },
        },
      },
    },
  },
};

/** `closed` is false inside of `anyOf` and its like, which describe a part of what is described elsewhere. */
type Context = Readonly<{ closed: boolean; place: string }>;

function convert(value: unknown, { closed, place }: Context): unknown {
  if (typeof value === 'boolean') return value;
  const schema = object(value, place);
  const converted: Record<string, unknown> = {};
  for (const [keyword, operand] of Object.entries(schema)) {
    const inside = { closed, place: `${place}.${keyword}` };
    if (same.has(keyword)) converted[keyword] = operand;
    else if (keyword === 'properties') converted.properties = convertEach(object(operand, inside.place), inside);
    else if (keyword === 'items' || keyword === 'additionalProperties') converted[keyword] = convert(operand, inside);
    else if (keyword === 'not') converted.not = convert(operand, { ...inside, closed: false });
    else if (junctors.has(keyword))
      converted[keyword] = list(operand, inside.place).map((part) => convert(part, { ...inside, closed: false }));
    else if (!meant.has(keyword) && !dropped.has(keyword)) throw new Error(`unknown keyword at ${inside.place}`);
  }
  if (schema['x-kubernetes-int-or-string'] === true) {
    converted.type = ['integer', 'string'];
    delete converted.anyOf; // it says the same, for readers who do not know the extension
  }
  if (schema.nullable === true && converted.type !== undefined) converted.type = [converted.type, 'null'].flat();
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in schema;
  if (closed && !isOpen && schema.type === 'object') converted.additionalProperties = false;
  return converted;
}

function convertEach(schemas: Json, { closed, place }: Context): Json {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, convert(schema, { closed, place: `${place}.${name}` })]),
  );
}

/** Keywords that mean the same in both. */
const same = new Set([
  ...['type', 'enum', 'required', 'pattern', 'minLength', 'maxLength', 'uniqueItems', 'multipleOf'],
  ...['minimum', 'maximum', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
]);
const junctors = new Set(['allOf', 'anyOf', 'oneOf']);
/** Keywords that change what is made of the others. */
const meant = new Set(['nullable', 'x-kubernetes-int-or-string', 'x-kubernetes-preserve-unknown-fields']);
/** Keywords that say nothing of whether a document is taken, and those that JSON Schema cannot express. */
const dropped = new Set([
  ...['description', 'title', 'default', 'example', 'externalDocs', 'format'],
  ...['x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-map-type', 'x-kubernetes-validations'],
]);

function member(parent: Json, key: string): unknown {
  const value = parent[key];
  if (!isObject(value)) throw new Error(`no object \`${key}\``);
  return value;
}

function object(value: unknown, place: string): Json {
  if (!isObject(value)) throw new Error(`no object at ${place}`);
  return value;
}

function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`no list at ${place}`);
  return value;
}
