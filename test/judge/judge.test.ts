import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type JudgedFinding, judge, openJudge } from '../../lib/judge/judge.ts';
import { policiesFolder } from '../../lib/judge/lock.ts';
import { exampleModel } from '../example.ts';
import type { Fault } from './fault.ts';
import { planted } from './planted.ts';

test('a sensible platform has no finding', async () => {
  assert.deepEqual(await judge(exampleModel()), []);
});

for (const { rule, subject, message, other, ...judged } of planted) {
  test(`${rule} finds what breaks it, in its place, and no other rule finds anything`, async () => {
    const { rules } = JSON.parse(await readFile(new URL('policies.lock.json', policiesFolder), 'utf8'));
    const { severity, description, remedy } = rules.find(({ id }: { id: string }) => id === rule);
    assert.deepEqual(await found(judged), [
      {
        code: rule,
        severity,
        message,
        why: description,
        help: remedy,
        subject,
        ...(other && { otherSubject: other }),
        ...(judged.documents && { document: { file: judged.documents[0]?.file, path: subject } }),
      },
    ]);
  });
}

/** All that rules find, in the platform as it stands, in the change to it and in its documents. */
async function found({ model, before, documents }: Pick<Fault, 'model' | 'before' | 'documents'>) {
  const judge = await openJudge();
  assert.ok(!('code' in judge));
  return [
    ...(await judge.ofModel(model)),
    ...(before ? await judge.ofChange(before, model) : []),
    ...(documents ? await judge.ofDocuments(model, documents) : []),
  ];
}

test('every rule is broken by a planted fault', async () => {
  const { rules } = JSON.parse(await readFile(new URL('policies.lock.json', policiesFolder), 'utf8'));
  assert.deepEqual(
    planted.map(({ rule }) => rule).sort(),
    rules.map(({ id }: { id: string }) => id),
  );
});

test('findings do not depend on how services are batched, and come sorted by path', async () => {
  const model = crowded(7);
  const [whole, ...others] = await Promise.all([1000, 7, 3, 1].map((batch) => judge(model, { batch })));
  assert.deepEqual(
    whole?.map(({ code, subject }) => [code, subject.slice(0, 2).join('.')]),
    [
      ['secrets/plain_manifest', 'environments.blue'],
      ...['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'].flatMap((service) => [
        ['services/missing_readiness', `services.${service}`],
        ['services/single_replica', `services.${service}`],
      ]),
    ],
  );
  for (const findings of others) assert.deepEqual(findings, whole);
});

test('a platform without services is judged', async () => {
  const model = { ...crowded(0), services: {} };
  assert.deepEqual(codes(await judge(model)), ['secrets/plain_manifest']);
});

test('a rule that was changed, added or removed and not built is a finding', async () => {
  const rule = 'services/single_replica/rule.rego';
  assert.deepEqual(await staleAfter((folder) => writeFile(join(folder, rule), '# nothing is wrong\n')), [
    {
      code: 'judge/policies-stale',
      severity: 'error',
      message: `policies were changed and not built: \`policies/${rule}\` differs from what was built`,
      expected: '`policies/policies.wasm` and `policies/policies.lock.json` as built from the rules beside them',
      why: 'a platform is never written without its rules',
      help: 'run `npm run policies`',
      subject: [],
    },
  ]);
  const reasons = {
    '`policies/lib/new.rego` is new': (folder: string) => writeFile(join(folder, 'lib/new.rego'), 'package lib.new\n'),
    [`\`policies/${rule}\` is gone`]: (folder: string) => rm(join(folder, rule)),
    '`policies/capabilities.json` differs from what was built': (folder: string) =>
      writeFile(join(folder, 'capabilities.json'), '{}'),
    '`policies/policies.lock.json` is missing': (folder: string) => rm(join(folder, 'policies.lock.json')),
    '`policies/policies.lock.json` is not readable': (folder: string) =>
      writeFile(join(folder, 'policies.lock.json'), '{}'),
    '`policies/policies.wasm` is missing': (folder: string) => rm(join(folder, 'policies.wasm')),
    '`policies/policies.wasm` is not the one in `policies/policies.lock.json`': (folder: string) =>
      writeFile(join(folder, 'policies.wasm'), ''),
  };
  for (const [reason, change] of Object.entries(reasons)) {
    const findings = await staleAfter(change);
    assert.deepEqual(
      findings.map(({ message }) => message),
      [`policies were changed and not built: ${reason}`],
    );
  }
});

test('a test of a rule may change without a build', async () => {
  const change = (folder: string) => writeFile(join(folder, 'services/single_replica/rule_test.rego'), '');
  assert.deepEqual(await staleAfter(change), []);
});

test('a rule that the wasm does not have is a fault, not a pass', async () => {
  const change = async (folder: string) => {
    const file = join(folder, 'policies.lock.json');
    const lock = JSON.parse(await readFile(file, 'utf8'));
    lock.rules.push({ ...lock.rules[0], id: 'services/imagined' });
    await writeFile(file, JSON.stringify(lock));
  };
  await assert.rejects(staleAfter(change), { message: 'policies.wasm has no result for rule services/imagined' });
});

/** What is found in the example after a change to a copy of `policies/`. */
async function staleAfter(change: (folder: string) => Promise<void>): Promise<JudgedFinding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'policies-'));
  try {
    await cp(policiesFolder, folder, { recursive: true });
    await change(folder);
    return await judge(exampleModel(), { folder: pathToFileURL(`${folder}/`) });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** So many services that break two rules each, and an environment that breaks one. */
function crowded(count: number) {
  const model = exampleModel();
  const { blue, green } = model.environments;
  const shop = model.services.shop?.environments.blue;
  assert.ok(blue && green && shop);
  const services = Array.from({ length: count }, (_, index) => {
    const name = `c${index}`;
    const service = { ...shop, name, replicaCount: 1, autoscaling: null, probes: { ...shop.probes, readiness: null } };
    return [name, { name, environments: { blue: service } }] as const;
  });
  // A database that no service uses is a finding of its own.
  const databases = {};
  const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'plain' }, stringData: { a: 'b' } };
  return {
    ...model,
    environments: {
      blue: { ...blue, databases, extraManifests: [{ name: 'plain', manifest }] },
      green: { ...green, databases },
    },
    services: Object.fromEntries(services),
  };
}

function codes(findings: readonly JudgedFinding[]): string[] {
  return findings.map(({ code }) => code);
}
