import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../lib/finding/finding.ts';
import type { Json } from '../../lib/json.ts';
import { compileConfiguration } from '../../lib/pipeline.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { faultless } from '../judge/faultless.ts';

const TODAY = '2027-01-31';

/** What is found in the platform without a fault once something is written into it. */
async function found(patch: unknown, today: string | undefined = TODAY): Promise<readonly Finding[]> {
  const { findings } = await compileConfiguration(applyPatch(faultless(), patch) as Json, {
    file: 'platform.config.ts',
    locate: () => undefined,
    today: async () => today,
  });
  return findings;
}

async function codes(patch: unknown, today?: string): Promise<string[]> {
  return (await found(patch, today)).map(({ code, waived }) => (waived ? `${code} (waived)` : code));
}

function waiver(rule: string, until = '2027-06-30') {
  return { rule, reason: 'the old cart cannot run twice', owner: 'team shop', until };
}

const RULE = 'services/single_replica';
const alone = { replicaCount: 1 };
const prodDatabase = (more: object) => ({ environments: { blue: { databases: { orders: more } } } });

test('a waiver beside what it excuses: the finding is told as waived, and forbids nothing', async () => {
  const findings = await found({ services: { cart: { ...alone, waivers: [waiver(RULE)] } } });
  assert.deepEqual(
    findings.map(({ code, severity, waived }) => ({ code, severity, waived })),
    [
      {
        code: RULE,
        severity: 'error',
        waived: {
          reason: 'the old cart cannot run twice',
          owner: 'team shop',
          until: '2027-06-30',
          path: ['services', 'cart', 'waivers', 0],
        },
      },
    ],
  );
});

test('a waiver of one environment, of a database and of a pool excuses what is found there', async () => {
  const inBlue = { services: { cart: { in: { blue: { ...alone, waivers: [waiver(RULE)] } } } } };
  assert.deepEqual(await codes(inBlue), [`${RULE} (waived)`]);
  const backup = 'databases/production_backup';
  assert.deepEqual(await codes(prodDatabase({ backupRetentionDays: 7, waivers: [waiver(backup)] })), [
    `${backup} (waived)`,
  ]);
  const loss = 'capacity/node_loss';
  const pool = { nodes: 1, waivers: [waiver(loss)] };
  const small = { environments: { blue: { cluster: { nodePools: { main: pool } } } } };
  assert.ok((await codes(small)).includes(`${loss} (waived)`));
});

test('a waiver covers nothing outside of the part that it stands in, and no other rule', async () => {
  for (const elsewhere of [
    { services: { shop: { waivers: [waiver(RULE)] } } },
    { services: { cart: { in: { green: { waivers: [waiver(RULE)] } } } } },
    { environments: { blue: { waivers: [waiver(RULE)] } } },
    { waivers: [waiver(RULE)] },
    { services: { cart: { waivers: [waiver('services/shared_disk')] } } },
  ])
    assert.deepEqual(
      (await codes(applyPatch({ services: { cart: alone } }, elsewhere))).sort(),
      [RULE, 'waivers/unused'],
      JSON.stringify(elsewhere),
    );
});

test('the last day of a waiver is the one that it names; then what it excused is told again, and that it ended', async () => {
  const patch = { services: { cart: { ...alone, waivers: [waiver(RULE, TODAY)] } } };
  assert.deepEqual(await codes(patch), [`${RULE} (waived)`]);
  assert.deepEqual((await codes(patch, '2027-02-01')).sort(), [RULE, 'waivers/expired']);
});

test('without a day no waiver ends, and that is told', async () => {
  const patch = { services: { cart: { ...alone, waivers: [waiver(RULE, '2001-01-01')] } } };
  const { findings } = await compileConfiguration(applyPatch(faultless(), patch) as Json, {
    file: 'platform.config.ts',
    locate: () => undefined,
  });
  assert.deepEqual(findings.map(({ code }) => code).sort(), [RULE, 'waivers/undated']);
});

test('a waiver of an environment that excuses one database only is too wide', async () => {
  const backup = 'databases/production_backup';
  const patch = applyPatch(prodDatabase({ backupRetentionDays: 7 }), {
    environments: { blue: { waivers: [waiver(backup)] } },
  });
  const findings = await found(patch);
  assert.deepEqual(findings.map(({ code }) => code).sort(), [backup, 'waivers/too-wide']);
  assert.match(findings.find(({ code }) => code !== backup)?.help ?? '', /environments\.blue\.databases\.orders/);
});

test('a rule that is not there is told with the one that was meant, wherever it is named', async () => {
  const misspelt = 'services/single_replicas';
  for (const patch of [
    { services: { cart: { waivers: [waiver(misspelt)] } } },
    { rules: { severity: { [misspelt]: 'notice' } } },
  ]) {
    const [finding, ...more] = await found(patch);
    assert.deepEqual(more, []);
    assert.equal(finding?.code, 'waivers/unknown-rule');
    assert.equal(finding?.help, `did you mean \`${RULE}\`?`);
  }
});

test('a severity of this platform is told beside that of the rule', async () => {
  const [finding, ...more] = await found({
    services: { cart: alone },
    rules: { severity: { [RULE]: 'warning' } },
  });
  assert.deepEqual(more, []);
  assert.equal(finding?.severity, 'warning');
  assert.deepEqual(finding?.instead, { severity: 'error', path: ['rules', 'severity', RULE] });
});

test('a waiver says why, who, and until a day that there is', async () => {
  for (const [change, at] of [
    [{ reason: 'short' }, 'reason'],
    [{ owner: '' }, 'owner'],
    [{ until: '2027-02-30' }, 'until'],
    [{ until: 'soon' }, 'until'],
    [{ rule: 'single replica' }, 'rule'],
  ] as const) {
    const findings = await found({ services: { cart: { ...alone, waivers: [{ ...waiver(RULE), ...change }] } } });
    assert.deepEqual(
      findings.map(({ code, path }) => [code, path?.at(-1)]),
      [['config/value', at]],
    );
  }
});
