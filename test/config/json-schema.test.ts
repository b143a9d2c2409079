import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { platformJsonSchema } from '../../lib/config/json-schema.ts';
import { acme } from '../acme.ts';

const ajv = new Ajv({ strict: false });

test('docs/platform.schema.json is what `npm run schema` writes', () => {
  const published = readFileSync(new URL('../../docs/platform.schema.json', import.meta.url), 'utf8');
  assert.equal(published, platformJsonSchema());
});

test('the published schema accepts a valid configuration and refuses a misspelt key', () => {
  const validate = ajv.compile(JSON.parse(platformJsonSchema()) as object);
  assert.ok(validate(acme()), JSON.stringify(validate.errors));
  assert.equal(validate({ ...acme(), servces: {} }), false);
  assert.equal(validate(Object.assign(acme(), { services: { shop: { replicaCount: '2' } } })), false);
});
