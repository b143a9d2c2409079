import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Json } from '../../lib/json.ts';
import { judge } from '../../lib/judge/judge.ts';
import { digestOf, policiesFolder } from '../../lib/judge/lock.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { render } from '../../lib/render/render.ts';
import { verify } from '../../lib/verify/verify.ts';
import { exampleModel } from '../example.ts';
import { faultless } from '../judge/faultless.ts';
import { compiled } from '../platforms/compiled.ts';
import { temporary } from '../write/rig.ts';
import { soundWorkspace } from './platform.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A change to a copy of `policies/`: what becomes of judging a platform that breaks nothing. */
async function judgedAfter(t: Parameters<typeof temporary>[0], change: (folder: string) => void) {
  const folder = join(temporary(t), 'policies');
  cpSync(policiesFolder, folder, { recursive: true });
  change(folder);
  return (await judge(exampleModel(), { folder: pathToFileURL(`${folder}/`) })).map(({ code, severity }) => [
    code,
    severity,
  ]);
}

/** Writes a digest of the wasm as it is now into the lock: an attacker who can change one can change the other. */
function lockAnew(folder: string): void {
  const file = join(folder, 'policies.lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...lock, wasm: digestOf(readFileSync(join(folder, 'policies.wasm'))) }));
}

test('Helm CVE-2026-35205: rules that are missing, cut off or of another lock let nothing pass', async (t) => {
  const stale = [['judge/policies-stale', 'error']];
  const file = (name: string) => (folder: string) => join(folder, name);
  for (const change of [
    (folder: string) => rmSync(file('policies.wasm')(folder)),
    (folder: string) => rmSync(file('policies.lock.json')(folder)),
    (folder: string) => truncateSync(file('policies.wasm')(folder), 1000),
    (folder: string) => truncateSync(file('policies.wasm')(folder), 0),
    (folder: string) => truncateSync(file('policies.lock.json')(folder), 100),
    (folder: string) => writeFileSync(file('policies.lock.json')(folder), 'null'),
    (folder: string) => rmSync(file('capabilities.json')(folder)),
  ])
    assert.deepEqual(await judgedAfter(t, change), stale);
});

test('Helm CVE-2026-35205: rules that are cut off, under a lock that says so, are a fault and no pass', async (t) => {
  for (const length of [0, 8, 1000, 100_000])
    await assert.rejects(
      judgedAfter(t, (folder) => {
        truncateSync(join(folder, 'policies.wasm'), length);
        lockAnew(folder);
      }),
      String(length),
    );
});

test('Helm CVE-2026-35205: a lock without rules passes nothing that the wasm finds', async (t) => {
  const before = JSON.parse(readFileSync(new URL('policies.lock.json', policiesFolder), 'utf8'));
  await assert.rejects(
    judgedAfter(t, (folder) => {
      const rules = [...before.rules, { ...before.rules[0], id: 'a/b' }];
      writeFileSync(join(folder, 'policies.lock.json'), JSON.stringify({ ...before, rules }));
    }),
    /has no result for rule a\/b/,
  );
});

test('Helm CVE-2026-35205: a template or a schema that is missing is a fault, not a document less', async () => {
  const model = exampleModel();
  const plan = { target: 't', path: 'a.yaml', slice: {}, subject: [] };
  const kind = { name: 'test', owner: 'compiler', format: 'yaml', list: () => [plan] } as const;
  await assert.rejects(render(model, [{ kind: { ...kind, template: new URL('file:///nowhere.libsonnet') }, plan }]));
  assert.throws(() => verify(model, [{ kind, plan, value: {} }]), /kind test has no schema/);
  assert.throws(
    () => verify(model, [{ kind: { ...kind, schema: () => undefined as never }, plan, value: {} }]),
    /no schema/,
  );
  assert.throws(
    () => verify(model, [{ kind: { ...kind, schema: () => ({ typ: 'object' }) }, plan, value: {} }]),
    /unknown keyword/,
  );
});

test('Helm CVE-2026-35205: a checkout of the compiler that lacks a template ends with an error, and writes nothing', (t) => {
  const place = soundWorkspace(t);
  const copy = temporary(t);
  for (const part of ['lib', 'policies', 'package.json', 'tsconfig.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const script = `
    import { main } from ${JSON.stringify(pathToFileURL(join(copy, 'lib/commands/main.ts')).href)};
    const quiet = () => {};
    const terminal = { out: quiet, error: quiet, isTerminal: false, colour: false, directory: ${JSON.stringify(place.directory)} };
    process.exitCode = await main(['compile'], terminal);
  `;
  mkdirSync(join(copy, 'test'));
  writeFileSync(join(copy, 'test/run.ts'), script);
  // Rules and schemas that are missing: above.
  rmSync(join(copy, 'lib/kinds/values/document.libsonnet'));
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'test/run.ts'], { cwd: copy, stdio: 'ignore' });
  assert.equal(status, 3);
  assert.ok(!existsSync(join(place.directory, 'out')));
});

test('Kyverno CVE-2026-84200: two waivers let nothing pass that neither of them names', async () => {
  const waiver = (rule: string) => ({ rule, reason: 'nobody has mended it yet', owner: 'a team', until: '2999-12-31' });
  const both = { replicaCount: 1, security: { apiToken: true } };
  const found = async (cart: object, shop: object = {}) => {
    const services = { cart: { ...both, ...cart }, shop: { in: { blue: { ...both, ...shop } } } };
    const { findings } = await compiled(applyPatch(faultless(), { services } as unknown as Json), {
      today: async () => '2027-01-31',
    });
    return findings.map(({ code, path, waived }) => `${code} of ${path?.[1]}${waived ? ' (waived)' : ''}`).sort();
  };
  const [replicas, token] = ['services/single_replica', 'services/exposed_token'];
  assert.deepEqual(await found({ waivers: [waiver(replicas)] }, { waivers: [waiver(token)] }), [
    `${token} of shop (waived)`,
    `${replicas} of cart (waived)`,
    `${replicas} of shop`,
  ]);
  // No pattern, no category and nothing of all rules is a rule.
  for (const rule of ['services/*', 'services', '*', '', '.*', 'services/single_replica,services/exposed_token'])
    assert.ok(
      (await found({ waivers: [waiver(rule)] })).every((text) => !text.includes('(waived)')),
      rule,
    );
});
