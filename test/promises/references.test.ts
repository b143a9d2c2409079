// Whatever a document names exists: files, charts, Applications, projects, namespaces, services and their ports, hosts, pools, databases,
// sealed values, units and their outputs. Every ordering is without a cycle. (That selectors match exactly their own pods is held where
// the chart is rendered: test/judges.)

import assert from 'node:assert/strict';
import { dirname, posix } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { unitSorts } from '../../lib/azure/units.ts';
import type { PlatformInput } from '../../lib/config/schema.ts';
import type { Output } from '../../lib/pipeline.ts';
import { outputsOf } from '../platforms/compiled.ts';
import { holdsFor } from '../platforms/holds.ts';
import { connected } from '../platforms/platforms.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents are read as their consumers do, without types
type Any = any;

/** The documents of a platform as their readers find them. */
class Repositories {
  readonly outputs: readonly Output[];
  readonly #texts: ReadonlyMap<string, string>;
  constructor(outputs: readonly Output[]) {
    this.outputs = outputs;
    this.#texts = new Map(outputs.map(({ path, text }) => [path, text]));
  }
  has(path: string): boolean {
    return this.#texts.has(path);
  }
  hasFolder(path: string): boolean {
    return this.outputs.some((output) => output.path.startsWith(`${path}/`));
  }
  read(path: string): Any {
    const text = this.#texts.get(path);
    assert.ok(text !== undefined, `${path} does not exist`);
    return parse(text);
  }
  of(kind: string, environment?: string): { path: string; target: string; value: Any }[] {
    return this.outputs
      .filter((output) => output.kind === kind && (environment === undefined || output.environment === environment))
      .map(({ path, target, text }) => ({ path, target: target ?? '', value: parse(text) }));
  }
}

test('every file, chart, project and namespace that an Application names exists', async () => {
  await everywhere((repositories) => {
    for (const kind of ['application', 'root-application', 'extra-manifests-application'])
      for (const { path, target, value } of repositories.of(kind)) {
        const { source, project, destination } = value.spec;
        assert.ok(repositories.hasFolder(`${target}/${source.path}`), `${path}: ${source.path}`);
        for (const file of source.helm?.valueFiles ?? [])
          assert.ok(repositories.has(posix.join(target, file)), `${path}: ${file}`);
        const folder = path.split('/').slice(0, 2).join('/');
        const projects = repositories.outputs
          .filter((output) => output.path.startsWith(`${folder}/_argocd/projects/`))
          .map(({ text }): Any => parse(text));
        const own = projects.find(({ metadata }) => metadata.name === project);
        assert.ok(own, `${path}: project ${project}`);
        assert.ok(own.spec.sourceRepos.includes(source.repoURL), `${path}: ${source.repoURL}`);
        assert.ok(
          own.spec.destinations.some(
            (one: Any) => one.namespace === destination.namespace && one.server === destination.server,
          ),
          `${path}: ${destination.namespace}`,
        );
        if (kind === 'application')
          assert.equal(
            repositories.read(`${folder}/_argocd/namespace.yaml`).metadata.name,
            destination.namespace,
            path,
          );
      }
  });
});

test('the image updater names Applications that exist, and files that hold the image it updates', async () => {
  await everywhere((repositories, environment) => {
    const applications = repositories.of('application', environment).map(({ value }) => value.metadata.name);
    assert.equal(new Set(applications).size, applications.length);
    for (const { path, target, value } of repositories.of('image-updater', environment))
      for (const { namePattern, images, writeBackConfig } of value.spec.applicationRefs) {
        assert.ok(applications.includes(namePattern), `${path}: ${namePattern}`);
        const file = posix.join(target, writeBackConfig.gitConfig.writeBackTarget.replace(/^helmvalues:/, ''));
        for (const { imageName } of images) assert.equal(repositories.read(file).image.repository, imageName, path);
      }
  });
});

test('addresses in variables are those of services, hosts and databases that are there', async () => {
  const seen = { services: 0, databases: 0, hosts: 0 };
  await everywhere((repositories, environment, { namespace, servers, domain }) => {
    const values = repositories.of('values', environment).map(({ value }) => flat(value));
    const services = new Map(values.map((value): [string, Any] => [value.name, value]));
    const hosts = values.flatMap(({ ingress }) => (ingress?.hosts ?? []).map(({ host }: Any) => host));
    for (const { name, envs = {} } of values)
      for (const [variable, text] of Object.entries<string>(envs)) {
        const told = `${name}: ${variable} is ${text}`;
        for (const [, service = '', where, port] of text.matchAll(INSIDE)) {
          seen.services++;
          const called = services.get(service);
          assert.ok(called?.ports && where === namespace, told);
          const numbers = Object.values<Any>(called.ports).map((one) => String(one.port));
          if (port) assert.ok(numbers.includes(port), told);
        }
        for (const [, server = ''] of text.matchAll(DATABASE)) {
          seen.databases++;
          assert.ok(servers.includes(server), told);
        }
        for (const [, host = ''] of text.matchAll(/(?:https|wss):\/\/([a-z0-9.-]+)/g)) {
          if (!host.endsWith(domain)) continue;
          seen.hosts++;
          assert.ok(hosts.includes(host), told);
        }
      }
  });
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 2, `${count} addresses of ${what}`);
});

const INSIDE = /([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.cluster\.local(?::(\d+))?/g;
const DATABASE = /([a-z0-9-]+)\.postgres\.database\.azure\.com/g;

test('ports, sealed values and node pools that a service names are there', async () => {
  const seen = { probes: 0, hosts: 0, files: 0, secrets: 0 };
  await everywhere((repositories, environment, { directory, infrastructure, platform }) => {
    const { default_agent_pool, agent_pools } = repositories.read(
      `${infrastructure}/live/${directory}/cluster/inputs.generated.json`,
    ).inputs;
    const pools = [default_agent_pool, ...Object.values<Any>(agent_pools)].map(({ name }) => name);
    for (const { path, value } of repositories.of('values', environment)) {
      const service = flat(value);
      const ports = Object.keys(service.ports ?? {});
      for (const probe of Object.values<Any>(service.probes ?? {}))
        for (const check of [probe.http, probe.tcp])
          if (check) {
            seen.probes++;
            assert.ok(ports.includes(check.port), path);
          }
      for (const { paths } of service.ingress?.hosts ?? [])
        for (const { port } of paths) {
          seen.hosts++;
          assert.ok(ports.includes(port), path);
        }
      const declared = Object.keys(platform.secrets ?? {});
      const shown = Object.values<Any>(service.volumes ?? {}).flatMap((volume) =>
        Object.values<string>(volume.secret?.files ?? {}),
      );
      seen.files += shown.length;
      const used = [...Object.values<string>(service.secretEnvs ?? {}), ...shown];
      seen.secrets += used.length;
      for (const secret of used) assert.ok(declared.includes(secret), `${path}: ${secret}`);
      for (const secret of Object.keys(service.sealedSecrets ?? {}))
        assert.ok(used.includes(secret), `${path}: ${secret}`);
      assert.ok(pools.includes(service.scheduling.nodeSelector.agentpool), `${path}: pool`);
    }
  });
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 2, `${count} ${what}`);
});

test('units name units that exist, of which Terraform knows what is asked, and none waits for itself', async () => {
  await everywhere((repositories) => {
    const units = repositories.outputs.filter(({ path }) => path.endsWith('/terragrunt.hcl'));
    const needs = new Map<string, string[]>();
    for (const { path, text } of units) {
      const folder = dirname(path);
      const blocks = text.match(/^dependency "\w+" \{\n(?:(?!\}).*\n)*\}/gm) ?? [];
      const given = repositories.read(`${folder}/inputs.generated.json`).inputs;
      const dependencies = blocks.flatMap((block) => {
        const [, name = ''] = /^dependency "(\w+)"/.exec(block) ?? [];
        const [, where = ''] = /^ {2}config_path = "([^"]+)"/m.exec(block) ?? [];
        // One that is there only while an input does not say what it is for.
        const [, unless] = /^ {2}enabled {5}= !can\(local\.generated\.inputs\.(\w+)\)/m.exec(block) ?? [];
        return unless !== undefined && Object.hasOwn(given, unless) ? [] : [{ name, where }];
      });
      needs.set(
        folder,
        dependencies.map(({ where }) => posix.join(folder, where)),
      );
      for (const { name, where } of dependencies) {
        const unit = posix.join(folder, where);
        assert.ok(repositories.has(`${unit}/terragrunt.hcl`), `${path}: ${where}`);
        const sort = unitSorts.find((one) =>
          repositories.outputs.some(
            (output) => output.path === `${unit}/terragrunt.hcl` && output.text.includes(`tfr:///${one.module.name}?`),
          ),
        );
        for (const [, output = ''] of text.matchAll(new RegExp(`dependency\\.${name}\\.outputs\\.(\\w+)`, 'g')))
          assert.ok(sort?.module.outputs.includes(output), `${path}: ${name}.${output}`);
      }
    }
    for (const unit of needs.keys()) assert.ok(!reaches(unit, unit, needs), `${unit} waits for itself`);
  });
});

test('workflows build the images of their source', async () => {
  await everywhere((repositories, _, { platform }) => {
    for (const { target, path, value } of repositories.of('workflow')) {
      const built = value.jobs.images.strategy.matrix.include.map(({ image }: Any) => image);
      assert.deepEqual(built.toSorted(), Object.keys(platform.sources[target]?.images ?? {}).sort(), path);
    }
  });
});

type Around = Readonly<{
  directory: string;
  namespace: string;
  infrastructure: string;
  servers: string[];
  domain: string;
  platform: PlatformInput;
}>;

async function everywhere(
  check: (repositories: Repositories, environment: string, around: Around) => void,
): Promise<void> {
  await holdsFor(
    connected,
    async (platform) => {
      const repositories = new Repositories(await outputsOf(platform));
      for (const [name, { directory = name, namespace = platform.name, databases = {}, domain }] of Object.entries(
        platform.environments,
      ))
        check(repositories, name, {
          directory,
          namespace,
          infrastructure: platform.infrastructure.repository,
          servers: Object.values(databases).map(({ server }) => server),
          domain,
          platform,
        });
    },
    { runs: 8 },
  );
}

/** The values of a service; of a job that comes before another, those that are nested. */
function flat(value: Any): Any {
  return value.releaseJobs && !value.kind ? Object.values<Any>(value.releaseJobs)[0] : value;
}

function reaches(
  from: string,
  to: string,
  needs: ReadonlyMap<string, readonly string[]>,
  seen = new Set<string>(),
): boolean {
  for (const next of needs.get(from) ?? []) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    if (reaches(next, to, needs, seen)) return true;
  }
  return false;
}
