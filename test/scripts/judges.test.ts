import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { pinnedText } from '../../scripts/judges/custom-resources.ts';
import { binFolder, customResourceSchemas, judge, schemas } from '../../scripts/judges/find.ts';
import { isPinnedBuild, moduleFolder } from '../../scripts/judges/go.ts';
import {
  customResources,
  type GoJudge,
  type Judge,
  judgeNamed,
  judges,
  pythonPins,
} from '../../scripts/judges/judges.ts';

test('every judge is pinned to one version', () => {
  for (const { name, version } of judges) assert.match(version, /^v?\d+(\.\d+){2,3}$/, name);
  for (const pin of pythonPins) assert.match(pin, /^[\w.-]+==\d[\w.]*$/);
});

test('every judge has a name of its own', () => {
  const names = judges.map(({ name }) => name);
  assert.deepEqual([...new Set(names)], names);
});

test('the module that reads the types of custom resources requires them at their pinned versions', () => {
  const required = readFileSync(join(moduleFolder(judgeNamed('controller-gen')), 'go.mod'), 'utf8').split('\n');
  for (const { module, version, definitions } of customResources) {
    assert.ok(required.includes(`\t${module} ${version}`), module);
    for (const [file, sha256] of Object.entries(definitions)) assert.match(sha256, /^[0-9a-f]{64}$/, file);
  }
});

test('a definition that has changed is an error that shows both digests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'definitions-'));
  try {
    const file = join(folder, 'acme.example_boats.yaml');
    writeFileSync(file, 'kind: CustomResourceDefinition\n');
    const found = '15eccff2269fd6ecb58381f0ff86eee35f28fb7b5a259a7d2fd4455966e6ef4d';
    assert.equal(pinnedText(file, found), 'kind: CustomResourceDefinition\n');
    assert.throws(() => pinnedText(file, '0'.repeat(64)), {
      message:
        `acme.example_boats.yaml is not the pinned one: its sha256 is ${found}\n  expected: ${'0'.repeat(64)}\n` +
        '  help: see what changed in it, then write its digest into customResources in scripts/judges/judges.ts',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('in an empty cache', () => {
  const before = process.env.PLATFORM_JUDGES;
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'judges-'));
    process.env.PLATFORM_JUDGES = cache;
  });
  afterEach(() => {
    rmSync(cache, { recursive: true });
    if (before === undefined) delete process.env.PLATFORM_JUDGES;
    else process.env.PLATFORM_JUDGES = before;
  });

  /** Puts an executable file into the cache and a link to it into `bin`. */
  function installed(name: string, file: string): string {
    const path = join(cache, 'go1.26.8', file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o755);
    mkdirSync(binFolder(), { recursive: true });
    symlinkSync(path, join(binFolder(), name));
    return path;
  }

  test('a missing judge is an error that names the command', () => {
    assert.throws(() => judge('helm3'), {
      message: 'judge `helm3` v3.22.0 is not installed\n  help: npm run judges -- install helm3',
    });
  });

  test('a judge is found at its place in the cache', () => {
    const path = installed('helm3', 'helm3-v3.22.0/helm3');
    assert.equal(judge('helm3'), path);
  });

  test('another version than the pinned one is a missing judge', () => {
    installed('helm3', 'helm3-v3.21.0/helm3');
    assert.throws(() => judge('helm3'), /help: npm run judges -- install helm3$/);
  });

  test('missing schemas of custom resources are an error that names the command', () => {
    assert.throws(() => customResourceSchemas(), {
      message: 'the schemas of custom resources are not installed\n  help: npm run judges -- install controller-gen',
    });
  });

  test('missing schemas are an error that names the command', () => {
    assert.throws(() => schemas('1.33'), {
      message:
        'the schemas of Kubernetes 1.33 are not installed\n  help: npm run judges -- install kubernetes-validate',
    });
  });
});

test('an unknown judge is an error that lists the judges', () => {
  assert.throws(() => judge('helm'), /^Error: `helm` is no judge\n {2}expected: .*\bhelm3, terragrunt, helm4\b/);
});

test('schemas of a Kubernetes version that is not in the table are an error that says where to add it', () => {
  assert.throws(() => schemas('1.20.3'), /kubernetesVersions in scripts\/judges\/judges\.ts$/);
});

describe('a build of helm 3', () => {
  const helm = judgeNamed('helm3') as Judge & GoJudge;
  const information = (module: string) =>
    `helm: go1.26.8\n\tpath\thelm.sh/helm/v3/cmd/helm\n\tmod\t${module}\n\tdep\tx\tv1`;

  test('is the pinned one when its package, module and version are', () => {
    assert.equal(isPinnedBuild(helm, information('helm.sh/helm/v3\tv3.22.0\th1:abc=')), true);
  });

  test('is not when its version is another', () => {
    assert.equal(isPinnedBuild(helm, information('helm.sh/helm/v3\tv3.22.1\th1:abc=')), false);
  });

  test('is not when it was built from a folder, which has no checksum', () => {
    assert.equal(isPinnedBuild(helm, information('helm.sh/helm/v3\tv3.22.0\t')), false);
  });

  test('is not when it is another program', () => {
    assert.equal(isPinnedBuild(helm, 'opa: go1.26.8\n\tpath\tgithub.com/open-policy-agent/opa\n'), false);
  });
});
