import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Service } from '../../lib/model/model.ts';
import { podSecurityOf } from '../../lib/model/pod-security.ts';

const safe: Service['security'] = {
  runAsNonRoot: true,
  runAsUser: 10001,
  readOnlyRootFilesystem: true,
  capabilities: [],
  apiToken: false,
};

const cases: readonly (readonly [string, Partial<Service['security']>, string])[] = [
  ['defaults', {}, 'restricted'],
  ['a port below 1024', { capabilities: ['NET_BIND_SERVICE'] }, 'restricted'],
  ['the user of the image, not root', { runAsUser: null }, 'restricted'],
  ['a writable root file system', { readOnlyRootFilesystem: false }, 'restricted'],
  ['root', { runAsUser: 0 }, 'baseline'],
  ['perhaps root', { runAsNonRoot: false }, 'baseline'],
  ['a capability that every runtime gives', { capabilities: ['CHOWN', 'NET_BIND_SERVICE'] }, 'baseline'],
  ['a capability over the network', { capabilities: ['CHOWN', 'NET_ADMIN'] }, 'privileged'],
];

for (const [name, change, level] of cases)
  test(`${name}: ${level}`, () => {
    assert.equal(podSecurityOf([{ security: { ...safe, ...change } }]), level);
    assert.equal(podSecurityOf([{ security: safe }, { security: { ...safe, ...change } }]), level);
  });

test('a namespace without services is restricted', () => assert.equal(podSecurityOf([]), 'restricted'));

test('the capabilities that the level `baseline` knows', () => {
  const level = (capability: string) => podSecurityOf([{ security: { ...safe, capabilities: [capability] } }]);
  const known = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'SETFCAP', 'SETGID'];
  for (const capability of [...known, 'SETPCAP', 'SETUID', 'SYS_CHROOT'])
    assert.equal(level(capability), 'baseline', capability);
  assert.equal(level(''), 'privileged');
});
