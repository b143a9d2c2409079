import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

const folder = new URL('../../lib/chart/templates/', import.meta.url);
const templates = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** What is evaluated: the text between braces, without comments. */
function actions(text: string): string[] {
  return [...text.replaceAll(/\{\{-?\s*\/\*.*?\*\/\s*-?\}\}/gs, '').matchAll(/\{\{-?(.*?)-?\}\}/gs)].map(
    ([, action = '']) => action.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'),
  );
}

test('no template calls what gives another result at another time, on another machine or in another cluster', () => {
  const unsteady =
    /\b(lookup|now|ago|date\w*|rand\w*|uuidv4|gen\w+|derivePassword|htpasswd|bcrypt|encryptAES|env|expandenv|getHostByName)\b/;
  for (const { name, text } of templates)
    for (const action of actions(text)) assert.doesNotMatch(action, unsteady, name);
});

test('no string of the values is executed as a template', () => {
  for (const { name, text } of templates)
    for (const action of actions(text)) assert.doesNotMatch(action, /\btpl\b/, name);
});

test('no value is written by toYaml, which loses some characters: quote, int64 and service.literal do not', () => {
  for (const { name, text } of templates)
    for (const action of actions(text)) assert.doesNotMatch(action, /\btoYaml\b/, name);
});

test('Helm 3 and Helm 4 print the same bytes: no template parts objects by --- or ends in a line break', () => {
  for (const { name, text } of templates.filter(({ name }) => name.endsWith('.yaml'))) {
    assert.doesNotMatch(text, /^---/m, name);
    assert.match(text, /-\}\}\n$/, name);
  }
});

test('only versions of the API that Kubernetes still serves are rendered', () => {
  const versions = templates.flatMap(({ text }) =>
    [...text.matchAll(/^apiVersion: (.*)$/gm)].map(([, version]) => version),
  );
  assert.deepEqual([...new Set(versions)].sort(), [
    'apps/v1',
    'autoscaling/v2',
    'batch/v1',
    'bitnami.com/v1alpha1',
    'networking.k8s.io/v1',
    'policy/v1',
    'v1',
  ]);
});
