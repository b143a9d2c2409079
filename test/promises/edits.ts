import { type Layer, own, type Platform } from '../platforms/changeable.ts';

/** A change inside of one environment. What it makes invalid is refused, and says nothing of isolation. */
export type EnvironmentEdit = Readonly<{
  name: string;
  apply: (platform: Platform, environment: string) => void;
  /** paths of shared documents that name what changes */
  names?: RegExp;
}>;

/** A change of one service, wherever it is. */
export type ServiceEdit = Readonly<{
  name: string;
  apply: (platform: Platform, service: string) => void;
  /** paths of an environment's documents that list what changes */
  lists?: RegExp;
}>;

/** Who may push for which environment of GitHub, which is called like the folder. */
const PUSHED = /\/live\/shared\/push-/;

const inside = (
  name: string,
  change: (environment: Platform['environments'][string]) => void,
  names?: RegExp,
): EnvironmentEdit => ({
  name,
  apply: ({ environments }, environment) => {
    const value = environments[environment];
    if (value) change(value);
  },
  ...(names && { names }),
});

/** What services say for this environment alone, with one more that is there alone, so that there is at least one. */
const everyServiceHere = (name: string, change: (here: Layer) => void): EnvironmentEdit => ({
  name,
  apply: ({ services, environments }, environment) => {
    services.added ??= {
      image: { repository: 'docker.io/library/redis', tag: '8.2' },
      in: Object.fromEntries(Object.keys(environments).map((other) => [other, other === environment ? {} : false])),
    };
    for (const service of Object.values(services)) {
      service.in ??= {};
      const here = own(service.in, environment) ?? {};
      if (here !== false) change(here);
      service.in[environment] = here;
    }
  },
});

export const environmentEdits: readonly EnvironmentEdit[] = [
  inside('tags', (environment) => {
    environment.tags = { changed: 'yes' };
  }),
  inside('domain', (environment) => {
    environment.domain = 'changed.example';
  }),
  inside('branch', (environment) => {
    environment.branch = 'changed/branch';
  }),
  inside('suffix of image tags', (environment) => {
    environment.imageTags.suffix = '-changed';
  }),
  inside(
    'directory',
    (environment) => {
      environment.directory = 'changed-folder';
    },
    PUSHED,
  ),
  inside('namespace', (environment) => {
    environment.namespace = 'changed';
  }),
  inside('resource group and subscription', (environment) => {
    environment.resourceGroup = 'changed';
    environment.subscriptionId = '99999999-0000-4000-8000-000000000000';
  }),
  inside('location', (environment) => {
    environment.location = 'changed';
  }),
  inside('ingress', (environment) => {
    environment.ingress = { className: 'changed', issuer: 'changed' };
  }),
  inside('cluster', (environment) => {
    environment.cluster.name = 'changed';
    environment.cluster.tier = environment.cluster.tier === 'Premium' ? 'Free' : 'Premium';
    environment.cluster.adminGroups = ['99999999-0000-4000-8000-000000000001'];
  }),
  inside('maintenance', (environment) => {
    environment.cluster.maintenance = { day: 'Sunday', hour: 23, utcOffset: '+13:59' };
  }),
  inside('node pools', (environment) => {
    for (const pool of Object.values(environment.cluster.nodePools)) {
      pool.labels = { changed: 'yes' };
      pool.osDiskGb = 2000;
    }
    environment.cluster.nodePools.added = { size: 'Standard_D4s_v5', nodes: 0, zones: ['1'] };
  }),
  inside('network', (environment) => {
    environment.network.name = 'changed';
    environment.network.serviceRange = '192.168.240.0/24';
  }),
  inside('databases', (environment) => {
    for (const database of Object.values(environment.databases ?? {})) database.storageGb = 16384;
    environment.network.databaseSubnet ??= environment.network.addressSpace.replace(/\.0\.0\/\d+$/, '.63.0/28');
    environment.databases = {
      ...environment.databases,
      added: {
        engine: 'postgresql',
        server: 'changed-server',
        version: '13',
        size: 'GP_Standard_D2ds_v5',
        storageGb: 32,
        backupRetentionDays: 35,
        highAvailability: 'ZoneRedundant',
        databases: ['added'],
      },
    };
  }),
  inside('extra manifests', (environment) => {
    environment.extraManifests = {
      added: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'added' }, data: { changed: 'yes' } },
    };
  }),
  inside('extra inputs', (environment) => {
    environment.extraInputs = { ...environment.extraInputs, cluster: { node_resource_group: 'changed' } };
  }),
  {
    name: 'a service more',
    apply: ({ services, environments }, environment) => {
      services.added = {
        image: { repository: 'docker.io/library/redis', tag: '8.2' },
        in: Object.fromEntries(
          Object.keys(environments)
            .filter((name) => name !== environment)
            .map((name) => [name, false]),
        ),
      };
    },
  },
  everyServiceHere('arguments of services', (here) => {
    here.args = ['changed'];
  }),
  everyServiceHere('variables of services', (here) => {
    here.envs = { ...here.envs, CHANGED: 'yes', WHERE: { environment: 'name' } };
  }),
  everyServiceHere('volumes of services', (here) => {
    here.volumes = { ...here.volumes, changed: { kind: 'ephemeral', mountPath: '/changed', size: '1Gi' } };
  }),
  everyServiceHere('security of services', (here) => {
    here.security = { readOnlyRootFilesystem: false, runAsNonRoot: false, capabilities: ['SYS_TIME'] };
  }),
  everyServiceHere('identity of services', (here) => {
    here.workloadIdentity = {};
  }),
];

const of = (name: string, change: (service: Platform['services'][string]) => void, lists?: RegExp): ServiceEdit => ({
  name,
  apply: ({ services }, service) => {
    const value = services[service];
    if (value) change(value);
  },
  ...(lists && { lists }),
});

export const serviceEdits: readonly ServiceEdit[] = [
  of('arguments', (service) => {
    service.args = ['changed'];
  }),
  of('variables', (service) => {
    service.envs = { ...service.envs, CHANGED: 'yes' };
  }),
  of('ports', (service) => {
    service.ports = { ...service.ports, changed: 65_000 };
  }),
  of('hosts', (service) => {
    service.hosts = { ...service.hosts, 'changed.host': {} };
  }),
  of('replicas', (service) => {
    service.replicaCount = 3;
    service.autoscaling = null;
  }),
  of('resources', (service) => {
    service.resources = { requests: { cpu: '77m', memory: '77Mi' } };
  }),
  of('shutdown', (service) => {
    service.shutdown = { gracePeriodSeconds: 77, preStopSeconds: 7 };
  }),
  of('volumes', (service) => {
    service.volumes = { ...service.volumes, changed: { kind: 'ephemeral', mountPath: '/changed', size: '1Gi' } };
  }),
  of('extra Helm values', (service) => {
    service.extraHelmValues = { podAnnotations: { changed: 'yes' } };
  }),
  of('extra manifests', (service) => {
    service.extraManifests = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'changed' } }];
  }),
  of(
    'image',
    (service) => {
      service.image = { repository: 'docker.io/library/changed', tag: '1' };
    },
    /_argocd\/image-updater\.yaml$/,
  ),
  of(
    'security',
    (service) => {
      service.security = { ...service.security, apiToken: true, capabilities: ['SYS_TIME'] };
    },
    /_argocd\/namespace\.yaml$/,
  ),
  of('identity', (service) => {
    service.workloadIdentity = {};
  }),
  {
    name: 'removal',
    apply: ({ services }, service) => {
      delete services[service];
    },
    lists: /_argocd\/(image-updater|namespace)\.yaml$/,
  },
];
