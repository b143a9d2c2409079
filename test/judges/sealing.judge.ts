import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import fc from 'fast-check';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Service } from '../../lib/model/model.ts';
import { compiled } from '../platforms/compiled.ts';
import { platformsOf, scales } from '../platforms/platforms.ts';
import { makeKeyPair } from './certificate.ts';
import { accepted, consult, planted, testWith } from './ledger.ts';
import type { Manifest } from './meaning.ts';
import { JUDGED, manifestsIn, renderReleases, temporaryFolder, written } from './platforms.ts';

/**
 * What a person seals, a cluster opens: sealed by kubeseal for the service that uses it, written into the configuration, compiled,
 * rendered by Helm, and opened by kubeseal as the controller in the cluster does.
 */

const folder = temporaryFolder();
after(() => rmSync(folder, { recursive: true }));

const keys = makeKeyPair();
const files = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
writeFileSync(files.certificate, keys.certificate);
writeFileSync(files.key, keys.privateKey);

/** Secrets of a platform that are sealed by hand, so to say: kubeseal takes a moment for each. */
const SECRETS = 6;

const texts = [
  'hunter2',
  '',
  'two\nlines\n',
  '{{ .Values.x }} $(PATH) "quoted"',
  'ünïcode 🙂',
  '\t \u0000 \u0001',
  '0777',
];

/** For whom something is sealed: it can be opened nowhere else. */
type Place = Pick<Service, 'secretName' | 'namespace'>;

function seal(text: string, { secretName, namespace }: Place): string {
  const scope = ['--name', secretName, '--namespace', namespace];
  const file = join(folder, 'text');
  writeFileSync(file, text);
  const args = ['--raw', `--from-file=${file}`, '--cert', files.certificate, ...scope];
  return accepted('kubeseal', args, { documents: 0 }).trim();
}

/** What the controller makes of a SealedSecret: each text by its name. */
function open(sealed: Manifest): Record<string, string> {
  const args = ['--recovery-unseal', '--recovery-private-key', files.key];
  const { data } = JSON.parse(accepted('kubeseal', args, { documents: 1, input: JSON.stringify(sealed) }));
  return Object.fromEntries(
    // Go writes no bytes as null.
    Object.entries<string | null>(data).map(([name, value]) => [name, Buffer.from(value ?? '', 'base64').toString()]),
  );
}

/** Random platforms that have something sealed, each with some of it really sealed, and what was put in, by place. */
async function sealedPlatforms(): Promise<{ platform: PlatformInput; put: Map<string, Record<string, string>> }[]> {
  const result = [];
  for (const drawn of fc.sample(platformsOf(scales.small), 40 + 8 * JUDGED)) {
    if (result.length === Math.ceil(JUDGED / 3)) break;
    const { model, outputs } = await compiled(drawn);
    if (!outputs || !model) continue;
    const put = new Map<string, Record<string, string>>();
    const sealed = structuredClone(drawn.sealed ?? {}) as Record<string, Record<string, Record<string, string>>>;
    const places = Object.entries(sealed).flatMap(([environment, services]) =>
      Object.entries(services).flatMap(([service, secrets]) =>
        Object.keys(secrets).map((name) => ({ environment, service, secrets, name })),
      ),
    );
    for (const { environment, service, secrets, name } of places.slice(0, SECRETS)) {
      const place: Place | undefined = model.services[service]?.environments[environment];
      assert.ok(place);
      const text = texts[put.size % texts.length] ?? '';
      secrets[name] = seal(text, place);
      put.set(`${environment}/${service}`, { ...put.get(`${environment}/${service}`), [name]: text });
    }
    if (put.size > 1) result.push({ platform: { ...drawn, sealed } as PlatformInput, put });
  }
  return result;
}

testWith(
  'kubeseal',
  'helm3',
  'helm4',
)('what kubeseal sealed is opened to the same text', async (t) => {
  let opened = 0;
  for (const [index, { platform, put }] of (await sealedPlatforms()).entries()) {
    const directory = join(folder, `${index}`);
    mkdirSync(directory);
    const judged = written({ name: `sealed platform ${index}`, folder: directory }, await compiled(platform));
    for (const { service, jobs, text } of renderReleases(judged, { render: () => ['helm3', 'helm4'], lint: () => [] }))
      for (const one of [service, ...jobs]) {
        const expected = put.get(`${one.environment}/${one.name}`);
        if (!expected) continue;
        const all = manifestsIn(text).filter(
          ({ kind, metadata }) => kind === 'SealedSecret' && metadata.name === one.secretName,
        );
        const [sealed] = all;
        assert.ok(sealed && all.length === 1, one.name);
        // Others of the same service have ciphertexts of the generator's, with nothing inside.
        const { encryptedData } = sealed.spec;
        for (const name of Object.keys(encryptedData)) if (!Object.hasOwn(expected, name)) delete encryptedData[name];
        assert.deepEqual(open(sealed), expected);
        opened += Object.keys(expected).length;
      }
  }
  t.diagnostic(`${opened} secrets`);
  assert.ok(opened > 0);
});

testWith('kubeseal')('what was sealed for one place is opened in no other', () => {
  const place = { secretName: 'shop', namespace: 'acme' };
  const sealed = (name: string, namespace: string): Manifest => ({
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name, namespace },
    spec: { encryptedData: { PASSWORD: ciphertext }, template: { metadata: { name, namespace } } },
  });
  const ciphertext = seal('hunter2', place);
  assert.deepEqual(open(sealed('shop', 'acme')), { PASSWORD: 'hunter2' });
  for (const [name, namespace] of [
    ['shop', 'other'],
    ['cart', 'acme'],
  ] as const)
    assert.throws(() => planted(() => open(sealed(name, namespace))));
  const other = join(folder, 'other.pem');
  writeFileSync(other, makeKeyPair().privateKey);
  const args = ['--recovery-unseal', '--recovery-private-key', other];
  const input = JSON.stringify(sealed('shop', 'acme'));
  assert.notEqual(planted(() => consult('kubeseal', args, { documents: 1, input })).code, 0);
});
