import assert from 'node:assert/strict';
import { testWith } from './ledger.ts';
import { asRead, type Manifest, objectsOf } from './meaning.ts';
import {
  about,
  conform,
  environmentOf,
  type Judged,
  type Majors,
  manifestsIn,
  type Rendered,
  readBy,
  renderReleases,
} from './platforms.ts';
import { danglingIn, repeatedIn, selectionsIn } from './selections.ts';

const testWithHelm = testWith('helm3', 'helm4');

/**
 * Tests of what Argo CD and Kubernetes are given by platforms.
 *
 * @param folder where manifests are written for kubeconform
 */
export function testWhatArgoCdReads(platforms: readonly Judged[], folder: string, majors: Majors): void {
  let rendered: readonly Rendered[] = [];

  testWithHelm('Helm renders every release as its Application says, and both majors alike', (t) => {
    rendered = platforms.flatMap((platform) => about(platform, () => renderReleases(platform, majors)));
    t.diagnostic(`${rendered.length} releases of ${platforms.length} platforms`);
    assert.ok(rendered.length > 0);
  });

  testWithHelm('what Helm renders is what the model says, nothing less and nothing more', () => {
    for (const release of rendered)
      about(release.platform, () => {
        const { environment, name } = release.service;
        assert.deepEqual(asRead(manifestsIn(release.text)), objectsOf(release), `${environment}/${name}`);
      });
  });

  testWithHelm('every selector selects the pods of its service, all of them and no others', (t) => {
    let seen = 0;
    for (const { platform, where, releases } of perEnvironment(rendered))
      about(platform, () => {
        for (const { by, selected, own } of selectionsIn(releases)) {
          assert.deepEqual(selected, own, `${where}: ${by}`);
          seen++;
        }
      });
    t.diagnostic(`${seen} selections`);
    assert.ok(seen > 0);
  });

  testWithHelm('in an environment no object is made twice, and all that is referred to is there', () => {
    for (const { platform, where, releases } of perEnvironment(rendered))
      about(platform, () => {
        assert.deepEqual(repeatedIn(releases), [], where);
        assert.deepEqual(danglingIn(releases), [], where);
      });
  });

  testWith('kubeconform')('Kubernetes and Argo CD know every field of what they are given', () => {
    const given = platforms.flatMap((platform) =>
      readBy('argo cd', platform).map(({ path, text, environment }) => ({
        name: `${platform.name} ${path}`,
        version: environmentOf(platform.model, environment).cluster.kubernetesVersion,
        text,
      })),
    );
    assert.ok(given.length > 0);
    const fromHelm = rendered.map(({ platform, service, kubernetesVersion, text }) => ({
      name: `${platform.name} ${service.environment} ${service.name}`,
      version: kubernetesVersion,
      text,
    }));
    conform(folder, [...given, ...fromHelm]);
  });
}

/** The objects of all releases of each environment of each platform. */
function perEnvironment(
  rendered: readonly Rendered[],
): { platform: Judged; where: string; releases: readonly (readonly Manifest[])[] }[] {
  const platforms = new Set(rendered.map(({ platform }) => platform));
  return [...platforms].flatMap((platform) =>
    Object.keys(platform.model.environments).map((where) => ({
      platform,
      where,
      releases: rendered
        .filter((release) => release.platform === platform && release.service.environment === where)
        .map(({ text }) => manifestsIn(text)),
    })),
  );
}
