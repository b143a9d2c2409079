import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { Compiled, Emitted } from './compiler.ts';
import type { Documents, Read } from './expectation.ts';

/** What was read already: most documents of a case are those of the base. */
const known = new WeakMap<Emitted, Read>();

/** What readers find in documents, by path; `undefined` where there are none. */
export function read({ documents }: Compiled): Documents | undefined {
  return documents && new Map([...documents].map(([path, document]) => [path, readOne(path, document)]));
}

function readOne(path: string, document: Emitted): Read {
  const { owner, text } = document;
  const found = known.get(document) ?? { owner, value: documentValue(path, text) };
  known.set(document, found);
  return found;
}

/** Whether nobody takes a document apart before something has run: templates of the chart, and Terragrunt's own files. */
export function isText(path: string): boolean {
  return path.includes('/charts/') || !/\.(yaml|json)$/.test(path);
}

export function documentValue(path: string, text: string): unknown {
  if (isText(path)) return text;
  return path.endsWith('.json') ? JSON.parse(text) : yamlValue(path, text);
}

/** Helm and Argo CD read YAML 1.1, others YAML 1.2: both must find the same. */
function yamlValue(path: string, text: string): unknown {
  const value: unknown = parse(text, { version: '1.2' });
  assert.deepEqual(parse(text, { version: '1.1' }), value, `${path} is read in two ways`);
  return value;
}
