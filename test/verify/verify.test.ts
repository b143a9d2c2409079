import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printFinding } from '../../lib/finding/print.ts';
import type { JsonObject } from '../../lib/json.ts';
import { application } from '../../lib/kinds/application/kind.ts';
import type { DocumentPlan, Kind } from '../../lib/kinds/kind.ts';
import type { Model } from '../../lib/model/model.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { render, valueAt } from '../../lib/render/render.ts';
import { type Document, verify } from '../../lib/verify/verify.ts';
import { exampleModel } from '../example.ts';

const model = exampleModel();

const open: JsonObject = { title: 'test document', type: 'object' };

/** A document of a made-up kind; `target` and `path` as given. */
function document(
  value: unknown,
  { kind = {}, plan = {} }: { kind?: Partial<Kind>; plan?: Partial<DocumentPlan> } = {},
): Document {
  return {
    kind: { name: 'test', owner: 'compiler', format: 'yaml', schema: () => open, list: () => [], ...kind },
    plan: { target: 'repository', path: 'a.yaml', slice: {}, subject: ['environments', 'blue'], ...plan },
    value,
  };
}

const at = (path: string, subject: string = path) => document({}, { plan: { path, subject: ['services', subject] } });

const printed = (documents: readonly Document[], of: Model = model) =>
  verify(of, documents).map((finding) => printFinding(finding));

/** The rendered Application of a service, with a patch as an escape hatch would lay over it. */
async function applicationWith(patch: JsonObject, patchAt: DocumentPlan['patchAt'] = undefined) {
  const shop = model.services.shop?.environments.blue;
  assert.ok(shop);
  const patched: Model = {
    ...model,
    services: { shop: { name: 'shop', environments: { blue: { ...shop, extraHelmValues: patch } } } },
  };
  const [plan] = application.list(patched);
  assert.ok(plan);
  const withPatch = { ...plan, patch: [...plan.subject, 'extraHelmValues'], ...(patchAt && { patchAt }) };
  const [value] = await render(patched, [{ kind: application, plan }]);
  return {
    of: patched,
    document: {
      kind: application,
      plan: withPatch,
      value: applyPatch(value, valueAt(patched, withPatch.patch), patchAt),
    },
  };
}

test('a misspelt field is named with the one that was meant, and points to the patch it came from', async () => {
  const { of, document } = await applicationWith({ spec: { syncPolicy: { automatd: { prune: true } } } });
  assert.deepEqual(printed([document], of), [
    [
      'acme-gitops/blue/_argocd/applications/shop.yaml spec.syncPolicy.automatd error verify/unknown-field',
      '  Application has no field `spec.syncPolicy.automatd`; nearest: `automated`',
      '',
    ].join('\n'),
  ]);
  assert.deepEqual(
    verify(of, [document]).map(({ subject }) => subject),
    [['services', 'shop', 'environments', 'blue', 'extraHelmValues', 'spec', 'syncPolicy', 'automatd']],
  );
});

test('wrong types, words and names say what was expected', async () => {
  const { of, document } = await applicationWith({
    metadata: { name: 'Shop' },
    spec: {
      project: 1,
      zzz: 1,
      syncPolicy: { automated: { prune: 'true' }, syncOptions: ['CreateNamespace=treu'] },
      destination: { namespace: null },
    },
  });
  const file = 'acme-gitops/blue/_argocd/applications/shop.yaml';
  assert.deepEqual(printed([document], of), [
    [
      `${file} metadata.name error verify/value`,
      '  `metadata.name` of Application is the text "Shop"',
      '  expected: lower case letters, digits, `-` and `.`, each part beginning and ending with a letter or digit',
      '',
    ].join('\n'),
    [
      `${file} spec.zzz error verify/unknown-field`,
      '  Application has no field `spec.zzz`',
      '  expected: `destination`, `ignoreDifferences`, `project`, `source` or `syncPolicy`',
      '',
    ].join('\n'),
    [
      `${file} spec.project error verify/type`,
      '  `spec.project` of Application is the number 1',
      '  expected: a text',
      '',
    ].join('\n'),
    [
      `${file} spec.destination.namespace error verify/missing-field`,
      '  Application lacks the field `spec.destination.namespace`',
      '',
    ].join('\n'),
    [
      `${file} spec.syncPolicy.automated.prune error verify/type`,
      '  `spec.syncPolicy.automated.prune` of Application is the text "true"',
      '  expected: `true` or `false`',
      '',
    ].join('\n'),
    [`${file} error verify/more`, '  1 more thing is wrong with Application', ''].join('\n'),
  ]);
  const base = ['services', 'shop', 'environments', 'blue', 'extraHelmValues'];
  assert.deepEqual(
    verify(of, [document]).map(({ subject }) => subject),
    [
      [...base, 'metadata', 'name'],
      [...base, 'spec', 'zzz'],
      [...base, 'spec', 'project'],
      [...base, 'spec', 'destination', 'namespace'],
      [...base, 'spec', 'syncPolicy', 'automated', 'prune'],
      base,
    ],
  );
});

test('what the patch did not make points to what the document is about', async () => {
  const { of, document } = await applicationWith({ syncPolicy: { retry: {} } }, ['spec']);
  const damaged = {
    ...document,
    value: applyPatch(document.value, { spec: { destination: { server: 1 }, syncPolicy: { retry: 2 } } }),
  };
  assert.deepEqual(
    verify(of, [damaged]).map(({ document, subject }) => ({ path: document?.path, subject })),
    [
      { path: ['spec', 'destination', 'server'], subject: ['services', 'shop', 'environments', 'blue'] },
      {
        path: ['spec', 'syncPolicy', 'retry'],
        subject: ['services', 'shop', 'environments', 'blue', 'extraHelmValues', 'syncPolicy', 'retry'],
      },
    ],
  );
});

test('good documents give no finding', async () => {
  const plans = application.list(model);
  const values = await render(
    model,
    plans.map((plan) => ({ kind: application, plan })),
  );
  assert.deepEqual(
    verify(
      model,
      plans.map((plan, index) => ({ kind: application, plan, value: values[index] })),
    ),
    [],
  );
  assert.deepEqual(
    verify(model, [
      at('a.yaml'),
      at('b/a.yaml'),
      at('b/c.yaml'),
      document('text', { kind: { format: 'text' }, plan: { path: 'x' } }),
    ]),
    [],
  );
});

test('two documents with one path are found, both sides of them', () => {
  const findings = verify(model, [at('a.yaml', 'one'), at('a.yaml', 'two')]);
  assert.deepEqual(
    findings.map((finding) => printFinding(finding)),
    [
      [
        'repository/a.yaml error write/same-path',
        '  two documents lie at `repository/a.yaml`',
        '  expected: paths that stay two on macOS and Windows as well',
        '  help: rename what one of the documents is named after',
        '',
      ].join('\n'),
    ],
  );
  assert.deepEqual(
    findings.map(({ subject, otherSubject }) => ({ subject, otherSubject })),
    [{ subject: ['services', 'one'], otherSubject: ['services', 'two'] }],
  );
});

test('paths that differ by case only, and a file that is another one’s folder, are found', () => {
  const found = (...paths: string[]) =>
    verify(
      model,
      paths.map((path) => at(path)),
    ).map(({ code, subject }) => ({ code, subject }));
  assert.deepEqual(found('a/B.yaml', 'a/b.yaml'), [{ code: 'write/same-path', subject: ['services', 'a/b.yaml'] }]);
  assert.deepEqual(found('A/b.yaml', 'a/c.yaml'), [{ code: 'write/same-path', subject: ['services', 'a/c.yaml'] }]);
  assert.deepEqual(found('a', 'a/b.yaml'), [{ code: 'write/file-and-folder', subject: ['services', 'a/b.yaml'] }]);
});

test('names that walk out of a folder are found', () => {
  for (const path of [
    '../a',
    'a/../../b',
    '/etc/passwd',
    'a\\..\\b',
    './a',
    '.',
    '..',
    '',
    'a//b',
    'a\0',
    'a.',
    'nul',
    'C:/a',
    '\uff0e\uff0e/a',
    '.git/config',
  ]) {
    assert.deepEqual(
      verify(model, [at(path)]).map(({ code }) => code),
      ['write/path'],
      JSON.stringify(path),
    );
  }
  for (const target of ['..', '', 'a\\b', '/a']) {
    assert.deepEqual(
      verify(model, [document({}, { plan: { target } })]).map(({ code }) => code),
      ['write/path'],
      JSON.stringify(target),
    );
  }
});

test('extra inputs of a unit that is not there are found, with the units that are', () => {
  const inputs = (environment: string | undefined, unit: string) =>
    document(
      { inputs: {} },
      {
        kind: { name: 'unit-inputs', format: 'json' },
        plan: {
          path: `live/${environment ?? 'shared'}/${unit}/inputs.generated.json`,
          ...(environment !== undefined && { environment }),
        },
      },
    );
  const { blue, green } = model.environments;
  assert.ok(blue && green);
  const of: Model = {
    ...model,
    registry: { ...model.registry, extraInputs: { registry: {}, cluster: {} } },
    environments: {
      blue: { ...blue, extraInputs: { clustr: {}, network: {}, registry: {} } },
      green: { ...green, extraInputs: { network: {} } },
    },
  };
  const documents = [
    inputs('blue', 'network'),
    inputs('blue', 'cluster'),
    inputs('green', 'cluster'),
    inputs(undefined, 'registry'),
  ];
  assert.deepEqual(printed(documents, of), [
    [
      'platform error verify/unknown-unit',
      '  `registry.extraInputs` has inputs for the unit `cluster`, which is not one that environments share',
      '  expected: `registry`',
      '  help: take `cluster` away',
      '',
    ].join('\n'),
    [
      'platform error verify/unknown-unit',
      '  `extraInputs` of environment `blue` has inputs for the unit `clustr`, which `blue` does not have',
      '  expected: `cluster` or `network`',
      '  help: write `cluster`, or take `clustr` away',
      '',
    ].join('\n'),
    [
      'platform error verify/unknown-unit',
      '  `extraInputs` of environment `blue` has inputs for the unit `registry`, which `blue` does not have',
      '  expected: `cluster` or `network`',
      '  help: take `registry` away',
      '',
    ].join('\n'),
    [
      'platform error verify/unknown-unit',
      '  `extraInputs` of environment `green` has inputs for the unit `network`, which `green` does not have',
      '  expected: `cluster`',
      '  help: take `network` away',
      '',
    ].join('\n'),
  ]);
});

test('inputs of units may hold nothing that Terraform evaluates, nor more than it can be handed', () => {
  const kind = { name: 'unit-inputs', format: 'json' } as const;
  const inputs = {
    tags: { a: 'b $' + '{file("/etc/passwd")}', ['%' + '{c}']: 1 },
    list: ['$$' + '{x}', '${'.slice(0, 1), '%'],
    long: 'x'.repeat(131_000),
    fits: 'x'.repeat(130_997),
  };
  assert.deepEqual(printed([document({ inputs }, { kind })]), [
    [
      'repository/a.yaml inputs.tags.a error verify/interpolation',
      '  `inputs.tags.a` of test document holds `${`',
      '  expected: a text without `${` and `%{`',
      '  why: Terraform and Terragrunt take what follows for code',
      '',
    ].join('\n'),
    [
      'repository/a.yaml inputs.tags["%{c}"] error verify/interpolation',
      '  `inputs.tags["%{c}"]` of test document holds `%{`',
      '  expected: a text without `${` and `%{`',
      '  why: Terraform and Terragrunt take what follows for code',
      '',
    ].join('\n'),
    [
      'repository/a.yaml inputs.list[0] error verify/interpolation',
      '  `inputs.list[0]` of test document holds `${`',
      '  expected: a text without `${` and `%{`',
      '  why: Terraform and Terragrunt take what follows for code',
      '',
    ].join('\n'),
    [
      'repository/a.yaml inputs.long error verify/size',
      '  `inputs.long` of test document is 131002 bytes long',
      '  expected: fewer than 131000 bytes',
      '  why: Terragrunt hands an input to Terraform in one environment variable, and Linux takes no longer one',
      '',
    ].join('\n'),
  ]);
  assert.deepEqual(printed([document({ inputs })]), [], 'other kinds may');
});

test('half of a character is found, in values, names and text', () => {
  assert.deepEqual(printed([document({ a: ['b', '\ud83d'], '\ude00': 1, whole: '😀' })]), [
    [
      'repository/a.yaml a[1] error verify/text',
      '  `a[1]` of test document holds half of a character',
      '  expected: whole characters: a surrogate only beside its other half',
      '',
    ].join('\n'),
    [
      'repository/a.yaml ["\\ude00"] error verify/text',
      '  `["\\ude00"]` of test document holds half of a character',
      '  expected: whole characters: a surrogate only beside its other half',
      '',
    ].join('\n'),
  ]);
  assert.deepEqual(printed([document('a\ud83d', { kind: { format: 'text' } })]), [
    [
      'repository/a.yaml error verify/text',
      '  test holds half of a character',
      '  expected: whole characters: a surrogate only beside its other half',
      '',
    ].join('\n'),
  ]);
});

test('a document so deep that its readers would crash is found, and nobody crashes here', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = level % 2 === 0 ? { a: deep } : [deep];
  const findings = verify(model, [document({ b: deep })]);
  assert.deepEqual(
    findings.map(({ code, message, document }) => ({ code, message, levels: document?.path?.length })),
    [{ code: 'verify/depth', message: 'test document is nested more than 100 levels deep', levels: 100 }],
  );
});

test('a kind whose judge is missing is a fault, and so is one with a format that nobody knows', () => {
  assert.throws(
    () => verify(model, [document({}, { kind: { schema: undefined as never } })]),
    /kind test has no schema/,
  );
  assert.throws(
    () => verify(model, [document({}, { kind: { format: 'toml' as never } })]),
    /kind test has the unknown format "toml"/,
  );
});
