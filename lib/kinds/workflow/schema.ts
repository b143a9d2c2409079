import { readFileSync } from 'node:fs';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { actions, reference } from './actions.ts';

/** GitHub's workflows, as SchemaStore describes them; see github/NOTICE.md. */
const github = JSON.parse(readFileSync(new URL('./github/schema.json', import.meta.url), 'utf8')) as JsonObject;

/** Text from the model, in which GitHub must find nothing to evaluate. */
const literal: JsonObject = {
  type: 'string',
  not: { type: 'string', pattern: '\\$\\{\\{' },
  description: 'a text without `${{`, which GitHub would evaluate',
};

/** Text of ours: it may hold expressions of a few forms. In linear time: each character begins one alternative only. */
const composed: JsonObject = {
  type: 'string',
  pattern:
    '^([^$]|\\$\\{\\{ (secrets\\.[A-Z_][A-Z0-9_]*|matrix\\.(context|file|image|target)|steps\\.tag\\.outputs\\.tag|github\\.ref) \\}\\})*$',
  description: 'a text that holds no expression but names of secrets, of the matrix and of the tag',
};

/**
 * What GitHub takes, and of that less: known inputs of pinned actions, and expressions where they are ours. GitHub's own schema leaves
 * `with` open, and actionlint does not know the inputs of an action by its commit.
 */
export const workflowSchema: JsonObject = {
  ...github,
  title: 'workflow',
  properties: {
    ...object(github.properties),
    name: literal,
    jobs: {
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      patternProperties: {
        // GitHub's schema says `oneOf`; what a job wants to be is known, and what is wrong with it can be said.
        '^[_a-zA-Z][a-zA-Z0-9_-]*$': {
          if: { type: 'object', required: ['uses'] },
          // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
          then: { $ref: '#/definitions/reusableWorkflowCallJob' },
          else: { allOf: [{ $ref: '#/definitions/normalJob' }, { $ref: '#/definitions/ourJob' }] },
        },
      },
    },
  },
  definitions: {
    ...object(github.definitions),
    ourJob: {
      type: 'object',
      required: ['name', 'permissions', 'runs-on', 'steps', 'timeout-minutes'],
      properties: {
        name: composed,
        environment: literal,
        'runs-on': literal,
        strategy: {
          type: 'object',
          properties: {
            matrix: {
              type: 'object',
              properties: { include: { type: 'array', items: { type: 'object', additionalProperties: literal } } },
            },
          },
        },
        steps: { type: 'array', items: { $ref: '#/definitions/ourStep' } },
      },
    },
    ourStep: {
      type: 'object',
      properties: {
        uses: { enum: Object.entries(actions).map(([name, action]) => reference(name, action)) },
        env: {
          type: 'object',
          properties: { SOURCE_DATE_EPOCH: { const: '${{ steps.tag.outputs.time }}' } },
          additionalProperties: literal,
        },
        run: literal,
      },
      allOf: Object.entries(actions).map(([name, action]) => ({
        if: { type: 'object', required: ['uses'], properties: { uses: { const: reference(name, action) } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: {
          type: 'object',
          properties: {
            with: {
              type: 'object',
              additionalProperties: false,
              properties: Object.fromEntries(
                action.inputs.map((input) => [input, { ...composed, type: ['string', 'boolean', 'number'] }]),
              ),
            },
          },
        },
      })),
    },
  },
};

function object(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw new Error('the schema of workflows is not what it was');
  return value as JsonObject;
}
