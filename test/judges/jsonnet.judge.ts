import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accepted, testWith } from './ledger.ts';

/** Our Jsonnet, as those read it who made the language. */

const lib = fileURLToPath(new URL('../../lib', import.meta.url));
const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.libsonnet'))
  .map((file) => join(lib, file))
  .sort();

testWith('jsonnetfmt')('our Jsonnet is laid out as jsonnetfmt does it', () => {
  accepted('jsonnetfmt', ['--test', ...files], { documents: files.length });
});

testWith('jsonnet-lint')('jsonnet-lint finds nothing in our Jsonnet', () => {
  accepted('jsonnet-lint', files, { documents: files.length });
});
