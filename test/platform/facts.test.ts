import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { compile } from '../../lib/pipeline.ts';

/**
 * What is known of the platform that this repository describes, fact by fact, in the documents that carry it out. The ids are those of
 * the list of facts that the platform was described from. `assumed:` values of the configuration are not held here.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const { outputs = [], findings } = await compile({ root, entry: 'platform.config.ts' });
assert.ok(outputs.length > 0, JSON.stringify(findings));
const texts = new Map(outputs.map(({ path, text }) => [path, text]));
const paths = [...texts.keys()];

// biome-ignore lint/suspicious/noExplicitAny: a path that is not there fails the test, which is what it is for
function document(path: string): any {
  const text = texts.get(path);
  assert.ok(text !== undefined, `there is no ${path}`);
  return path.endsWith('.json') ? JSON.parse(text) : parse(text, { version: '1.1' });
}
const inputs = (unit: string) => document(`ani-iacc/live/${unit}/inputs.generated.json`).inputs;
const values = (environment: string, service: string) =>
  document(`ani_app_gitops/${environment}/${service}/values.yaml`);

const services = ['ani-api', 'ani-app', 'ani-etl', 'ani-websocket', 'ani-worker'];
const environments = [
  { name: 'staging', group: 'ani-staging', cluster: 'aks-ani-staging', domain: 'staging.ani.tech', branch: 'staging' },
  { name: 'prod', group: 'ani-prod', cluster: 'aks-ani-prod', domain: 'ani.tech', branch: 'main' },
] as const;

test('E1: each environment has a cluster, a network and a database of its own', () => {
  for (const unit of ['cluster', 'network', 'database-main', 'private-dns', 'resource-group']) {
    const [staging, prod] = environments.map(({ name }) => inputs(`${name}/${unit}`));
    assert.notEqual(staging.name ?? staging.domain_name, prod.name ?? prod.domain_name, unit);
  }
  const [staging, prod] = environments.map(({ name }) => values(name, 'ani-api').envs.DATABASE_HOST);
  assert.equal(staging, 'ani-staging-main.postgres.database.azure.com');
  assert.equal(prod, 'ani-prod-main.postgres.database.azure.com');
});

test('E2: clusters and resource groups have their names', () => {
  for (const { name, group, cluster } of environments) {
    assert.equal(inputs(`${name}/resource-group`).name, group);
    assert.equal(inputs(`${name}/cluster`).name, cluster);
  }
});

test('E3: hosts lie below staging.ani.tech and ani.tech', () => {
  for (const { name, domain } of environments) {
    const hosts = services.flatMap((service) => values(name, service).ingress?.hosts ?? []).map(({ host }) => host);
    assert.deepEqual(hosts.sort(), [domain, `api.${domain}`, `ws.${domain}`].sort());
  }
});

test('E4: directories are staging and prod, workflows staging.yaml and prod.yaml, branches staging and main', () => {
  assert.deepEqual(
    [...new Set(paths.flatMap((path) => /^ani_app_gitops\/([^/]+)\/ani-/.exec(path)?.[1] ?? []))].sort(),
    ['prod', 'staging'],
  );
  for (const { name, branch } of environments)
    assert.deepEqual(document(`ani-api/.github/workflows/${name}.yaml`).on.push.branches, [branch]);
});

test('N1: staging has a fixed pool `default` and a pool `etljobs` that scales from 0 to 5', () => {
  const { default_agent_pool: fixed, agent_pools: others } = inputs('staging/cluster');
  assert.equal(fixed.name, 'default');
  assert.ok(fixed.count_of > 0 && fixed.enable_auto_scaling === undefined);
  assert.deepEqual(Object.keys(others), ['etljobs']);
  const { enable_auto_scaling: scales, min_count: least, max_count: most, node_taints: taints } = others.etljobs;
  assert.deepEqual([scales, least, most, taints], [true, 0, 5, ['dedicated=etljobs:NoSchedule']]);
  // It grows by what pods request, so whoever runs there requests something, and nobody else may.
  const { scheduling, resources } = values('staging', 'ani-etl');
  assert.equal(scheduling.nodeSelector.agentpool, 'etljobs');
  assert.equal(scheduling.tolerations[0].value, 'etljobs');
  assert.ok(resources.requests.cpu && resources.requests.memory);
});

test('N2: production has one fixed pool, under a name that Azure takes, where every service runs', () => {
  const { default_agent_pool: pool, agent_pools: others } = inputs('prod/cluster');
  assert.equal(pool.name, 'aksaniprod');
  assert.deepEqual(others, {});
  for (const service of services) assert.equal(values('prod', service).scheduling.nodeSelector.agentpool, 'aksaniprod');
  const { environments: known } = document('model.json');
  assert.equal(known.prod.cluster.pools['aks-ani-prod'].azureName, 'aksaniprod');
});

test('N3: a cluster is scaled by the count of its default pool, and etljobs has no count to change', () => {
  assert.equal(typeof inputs('staging/cluster').default_agent_pool.count_of, 'number');
  assert.equal(inputs('staging/cluster').agent_pools.etljobs.count_of, undefined);
});

test('R1: one registry for both environments', () => {
  assert.equal(inputs('shared/registry').name, 'acranishared');
  assert.equal(paths.filter((path) => path.endsWith('/registry/inputs.generated.json')).length, 1);
  for (const { name } of environments) {
    assert.match(
      document(`ani_app_gitops/${name}/ani-api/image.yaml`).image.repository,
      /^acranishared\.azurecr\.io\//,
    );
    assert.equal(inputs(`${name}/kubelet-identity`).role_assignments.registry.role_definition_id_or_name, 'AcrPull');
  }
});

test('R2: clusters are entered through Entra ID and in no other way', () => {
  for (const { name } of environments) {
    const { aad_profile: entra, disable_local_accounts: noOther } = inputs(`${name}/cluster`);
    assert.ok(entra.managed && entra.enable_azure_rbac && entra.admin_group_object_ids.length > 0);
    assert.equal(noOther, true);
  }
});

test('P1: five repositories receive documents', () => {
  const targets = new Set(outputs.flatMap(({ target }) => target ?? []));
  assert.deepEqual([...targets].sort(), ['ani-api', 'ani-app', 'ani-iacc', 'ani-worker', 'ani_app_gitops']);
});

test('S1: four images are built in three repositories', () => {
  for (const { name } of environments) {
    const built = ['ani-api', 'ani-app', 'ani-worker'].map((repository) =>
      document(`${repository}/.github/workflows/${name}.yaml`).jobs.images.strategy.matrix.include.map(
        ({ image }: { image: string }) => image,
      ),
    );
    assert.deepEqual(built, [['ani-api', 'ani-websocket'], ['ani-app'], ['ani-worker']]);
  }
});

test('S2: each service has values in each environment, with plain variables, sealed ones and a number of replicas', () => {
  for (const { name } of environments)
    for (const service of services) {
      const { kind, envs, sealedSecrets, replicaCount, autoscaling } = values(name, service);
      assert.equal(typeof (envs ?? {}), 'object');
      assert.equal(typeof sealedSecrets, 'object');
      if (kind === 'deployment') assert.ok(typeof replicaCount === 'number' || autoscaling, `${name}/${service}`);
    }
});

test('S3: Argo CD deploys commits by itself and leaves what people scale in the cluster', () => {
  for (const { name } of environments)
    for (const service of services) {
      const { spec } = document(`ani_app_gitops/${name}/_argocd/applications/${service}.yaml`);
      const { prune, selfHeal } = spec.syncPolicy.automated;
      assert.deepEqual([prune, selfHeal, spec.ignoreDifferences], [true, false, undefined]);
    }
});

test('S4: a service may be in staging first, and every repository has all that a new one needs', () => {
  for (const repository of ['ani-api', 'ani-app', 'ani-worker']) {
    const workflow = texts.get(`${repository}/.github/workflows/staging.yaml`) ?? '';
    for (const secret of ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID', 'ANI_ACR_LOGIN_SERVER'])
      assert.ok(workflow.includes(`secrets.${secret} `), `${repository}: ${secret}`);
    assert.deepEqual(Object.keys(inputs(`shared/push-${repository}`).federated_identity_credentials), [
      'prod',
      'staging',
    ]);
  }
});

test('C1: workflows log in without a stored password, build, and push', () => {
  for (const { name } of environments)
    for (const repository of ['ani-api', 'ani-app', 'ani-worker']) {
      const { images } = document(`${repository}/.github/workflows/${name}.yaml`).jobs;
      assert.deepEqual(images.permissions, { contents: 'read', 'id-token': 'write' });
      const uses = images.steps.flatMap(({ uses }: { uses?: string }) => uses ?? []);
      for (const action of ['azure/login', 'docker/build-push-action'])
        assert.equal(uses.filter((used: string) => new RegExp(`^${action}@[0-9a-f]{40}$`).test(used)).length, 1);
      assert.equal(images.steps.at(-1).with.push, true);
    }
});

test('C2: production tags end in -stable, and each environment takes its own tags only', () => {
  const tags = { staging: 'staging-41', prod: 'main-41-stable' };
  for (const { name } of environments) {
    const workflow = document(`ani-api/.github/workflows/${name}.yaml`);
    const { steps } = workflow.jobs.images;
    assert.equal(
      steps.at(-1).with.tags,
      '${{ secrets.ANI_ACR_LOGIN_SERVER }}/${{ matrix.image }}:${{ steps.tag.outputs.tag }}',
    );
    assert.equal(
      steps.find(({ id }: { id?: string }) => id === 'tag').env.TAG_SUFFIX,
      name === 'prod' ? '-stable' : '',
    );
    for (const { images } of document(`ani_app_gitops/${name}/_argocd/image-updater.yaml`).spec.applicationRefs)
      for (const { commonUpdateSettings } of images) {
        const pattern = new RegExp(commonUpdateSettings.allowTags.replace(/^regexp:/, ''));
        for (const [owner, tag] of Object.entries(tags))
          assert.equal(pattern.test(tag), owner === name, `${name}: ${tag}`);
      }
  }
});

test('C3: the updater writes each service’s new tag into its image.yaml, which Argo CD reads', () => {
  for (const { name } of environments) {
    const { applicationRefs } = document(`ani_app_gitops/${name}/_argocd/image-updater.yaml`).spec;
    assert.deepEqual(
      applicationRefs.map(({ namePattern }: { namePattern: string }) => namePattern),
      services.map((service) => `${name}-${service}`),
    );
    for (const [index, service] of services.entries()) {
      const file = `/${name}/${service}/image.yaml`;
      assert.equal(applicationRefs[index].writeBackConfig.gitConfig.writeBackTarget, `helmvalues:${file}`);
      const application = document(`ani_app_gitops/${name}/_argocd/applications/${service}.yaml`);
      assert.ok(application.spec.source.helm.valueFiles.includes(file));
      assert.equal(outputs.find(({ path }) => path === `ani_app_gitops${file}`)?.owner, 'controller');
    }
  }
});
