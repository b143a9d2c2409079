import type { JsonObject } from '../json.ts';
import type { PodSecurityLevel } from './pod-security.ts';

/**
 * The model: the configuration after defaults, references and derived facts. Plain JSON, complete and deterministic: lists that
 * have no order of their own are sorted, optional things are `null` and never absent. The only thing that rules and documents read.
 */
export type Model = Readonly<{
  name: string;
  /** `<owner>/<name>` of the repository that this configuration is in, for readers of the others; `null`: not said */
  home: string | null;
  gitops: Repository;
  infrastructure: Omit<Repository, 'branch'> & Readonly<{ state: TerraformState }>;
  azure: Readonly<{ tenantId: string; location: string }>;
  registry: Registry;
  /** what an environment variable or a file may take from `platform.sealed.json`: name → what it is for */
  secrets: Readonly<Record<string, string>>;
  sources: Readonly<Record<string, Source>>;
  environments: Readonly<Record<string, Environment>>;
  services: Readonly<Record<string, Readonly<{ name: string; environments: Readonly<Record<string, Service>> }>>>;
}>;

/** A repository that receives outputs: its name is the target's name. */
export type Repository = Readonly<{
  name: string;
  /** `git@github.com:<owner>/<name>.git` */
  url: string;
  /** the branch that is read and written */
  branch: string;
}>;

export type TerraformState = Readonly<{
  subscriptionId: string;
  resourceGroup: string;
  storageAccount: string;
  container: string;
}>;

export type Registry = Readonly<{
  name: string;
  /** `<name>.azurecr.io` */
  loginServer: string;
  /** the repository secret that holds the login server in workflows */
  loginServerSecret: string;
  subscriptionId: string;
  resourceGroup: string;
  location: string;
  sku: 'Basic' | 'Standard' | 'Premium';
  /** needs Premium */
  zoneRedundant: boolean;
  /** Premium only */
  retentionDays: number | null;
  tags: Readonly<Record<string, string>>;
  /** extra inputs of the units `resource-group` and `registry` */
  extraInputs: Readonly<Record<string, JsonObject>>;
  /** the repositories that may push, one federated credential for each environment; `identity`: its name in Azure; sorted */
  pushedBy: readonly Readonly<{ repository: string; identity: string; environment: string; subject: string }>[];
}>;

/** A repository with code, the images it builds and the workflows that build them. */
export type Source = Readonly<{
  name: string;
  images: readonly BuiltImage[];
  /** one per environment, by the environment's name */
  workflows: Readonly<Record<string, Workflow>>;
}>;

export type BuiltImage = Readonly<{ name: string; context: string; dockerfile: string; target: string | null }>;

export type Workflow = Readonly<{
  /** file name without `.yaml`, also the workflow's display name */
  name: string;
  environment: string;
  /** pushes to this branch start it */
  branch: string;
  /** GitHub environment the job runs in: its secrets and the OIDC subject */
  githubEnvironment: string;
  registry: string;
  loginServerSecret: string;
  /** what follows `<ref_name>-<run_number>`, e.g. `-stable`; may be empty */
  tagSuffix: string;
  images: readonly BuiltImage[];
  runner: string;
  timeoutMinutes: number;
  pathsIgnore: readonly string[];
  permissions: Readonly<Record<string, string>>;
}>;

export type Environment = Readonly<{
  name: string;
  displayName: string;
  tier: 'production' | 'staging' | 'development';
  /** folder in the gitops and infrastructure repositories */
  directory: string;
  /** branch of the source repositories that deploys here */
  branch: string;
  /** hosts of the environment end in it */
  domain: string;
  /** Kubernetes namespace of all services of the platform in this environment's cluster */
  namespace: string;
  subscriptionId: string;
  location: string;
  resourceGroup: string;
  tags: Readonly<Record<string, string>>;
  imageTag: Readonly<{
    suffix: string;
    /** anchored regular expression (RE2 and JavaScript) of every tag that a workflow of this environment makes */
    pattern: string;
    /** what `image.yaml` starts with: matches `pattern`, run number 0 */
    seed: string;
  }>;
  network: Network;
  cluster: Cluster;
  databases: Readonly<Record<string, Database>>;
  delivery: Delivery;
  /** the strictest of Kubernetes' Pod Security Standards that takes all of its services: what the namespace enforces */
  podSecurity: PodSecurityLevel;
  /**
   * Nodes of each pool that its deployments need when all have their fewest, or their most, replicas; jobs wait for room. `null`: nobody
   * knows the size of its machines.
   */
  nodesNeeded: Readonly<Record<string, Readonly<{ fewest: number; most: number }> | null>>;
  /** names of the services present in this environment, sorted */
  services: readonly string[];
  /** one user-assigned identity per service that asks for one, sorted by service */
  identities: readonly Identity[];
  /** manifests of no service, each a Kubernetes object with `apiVersion`, `kind` and `metadata.name` */
  extraManifests: readonly Readonly<{ name: string; manifest: JsonObject }>[];
  /** extra module inputs by unit (`resource-group`, `network`, `private-dns`, `cluster`, `database-<name>`, `identity-<service>`) */
  extraInputs: Readonly<Record<string, JsonObject>>;
}>;

/** CIDR ranges; none overlaps another. */
export type Network = Readonly<{
  name: string;
  addressSpace: string;
  nodeSubnet: string;
  databaseSubnet: string | null;
  podRange: string;
  serviceRange: string;
  /** the tenth address of `serviceRange` */
  dnsServiceIp: string;
  /** the private DNS zone that is made to name the databases; `null` where there is no database, or a zone is given */
  privateDnsZone: string | null;
  /** resource id of the private DNS zone that is given; whoever owns it links it to the network */
  privateDnsZoneId: string | null;
}>;

export type Cluster = Readonly<{
  name: string;
  /** minor version such as `1.36`; AKS patches by itself */
  kubernetesVersion: string;
  tier: 'Free' | 'Standard' | 'Premium';
  dnsPrefix: string;
  /** object ids of Entra groups that administrate the cluster */
  adminGroups: readonly string[];
  /** CIDR ranges that may reach the API server; empty: any */
  authorizedRanges: readonly string[];
  /** when Azure may upgrade it: once a week */
  maintenance: Maintenance;
  /** the pool for services that name none */
  defaultPool: string;
  /** the system pool, which AKS calls the default agent pool */
  systemPool: string;
  pools: Readonly<Record<string, Pool>>;
}>;

export type Maintenance = Readonly<{
  day: 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday';
  /** such as `02:00`, by the clock of `utcOffset` */
  startTime: string;
  /** such as `+00:00`: it knows no summer time */
  utcOffset: string;
  durationHours: number;
}>;

export type Pool = Readonly<{
  /** key in the configuration, what services refer to */
  name: string;
  /** the name in Azure, `^[a-z][a-z0-9]{0,11}$`; also the node label `agentpool` */
  azureName: string;
  /** how people call it */
  displayName: string;
  mode: 'System' | 'User';
  size: string;
  scaling: Readonly<{ kind: 'fixed'; count: number }> | Readonly<{ kind: 'auto'; min: number; max: number }>;
  zones: readonly string[];
  maxPods: number;
  osDiskGb: number;
  /** only pods that ask for this pool run on it: taint `dedicated=<azureName>:NoSchedule` */
  dedicated: boolean;
  labels: Readonly<Record<string, string>>;
  taints: readonly string[];
  /** what one node has left for pods, after Azure's and Kubernetes' reservations: millicores and MiB; `null` for an unknown size */
  allocatable: Readonly<{ cpuMillicores: number; memoryMib: number }> | null;
}>;

export type Database = Readonly<{
  name: string;
  engine: 'postgresql';
  /** server's name, unique in Azure */
  server: string;
  version: string;
  /** Azure SKU such as `GP_Standard_D2ds_v5` */
  size: string;
  storageMb: number;
  backupRetentionDays: number;
  geoRedundantBackup: boolean;
  highAvailability: 'ZoneRedundant' | 'SameZone' | null;
  /** databases on the server, sorted */
  databases: readonly string[];
  /**
   * The administrator who logs in with a password; `null`: only Entra ID lets anyone in. The password is in no file: whoever applies
   * the unit gives it, and it is set again when its version changes.
   */
  login: Readonly<{ user: string; passwordVersion: number }> | null;
  /** `<server>.postgres.database.azure.com` */
  host: string;
  port: number;
}>;

export type Delivery = Readonly<{
  /** namespace of Argo CD in the cluster */
  argocdNamespace: string;
  /** AppProject of the services */
  project: string;
  /** AppProject of the root application */
  rootProject: string;
  rootApplication: string;
  /** Application of the manifests of no service; there is one where there are such manifests */
  manifestsApplication: string;
  imageUpdater: string;
  repository: Repository;
  /** Secret with the SSH key that argocd-image-updater writes with */
  writeSecret: string;
  /** folder of the service chart in the gitops repository */
  chart: string;
  destinationServer: string;
  /** what argocd-image-updater keeps up to date, sorted by application */
  updates: readonly Readonly<{
    service: string;
    application: string;
    /** `<login server>/<image>` */
    image: string;
    allowTags: string;
    /** `helmvalues:/<directory>/<service>/image.yaml` */
    writeBackTarget: string;
  }>[];
}>;

export type Identity = Readonly<{
  service: string;
  name: string;
  /** `system:serviceaccount:<namespace>:<serviceaccount>` */
  subject: string;
}>;

/** One service in one environment. */
export type Service = Readonly<{
  name: string;
  environment: string;
  directory: string;
  namespace: string;
  kind: 'deployment' | 'scheduledJob' | 'releaseJob';
  /** release job: the service whose release it is part of, and whose image it runs; `null`: it is released by itself */
  before: string | null;
  /** release jobs that are part of this service's release, sorted: it starts when they have completed */
  releaseJobs: readonly string[];
  /** Argo CD Application: of a release job, that of the service that it comes before */
  application: string;
  image: Readonly<{
    /** name of a built image, `null` for one from elsewhere */
    name: string | null;
    repository: string;
    /** the first tag of a built image; the fixed tag of one from elsewhere */
    tag: string;
    /** argocd-image-updater writes new tags */
    updated: boolean;
  }>;
  command: readonly string[] | null;
  args: readonly string[] | null;
  /** sorted by name */
  ports: readonly Readonly<{ name: string; port: number; protocol: 'TCP' | 'UDP' }>[];
  /** plain variables, values complete and as the program shall see them; sorted by name */
  envs: readonly Readonly<{ name: string; value: string }>[];
  /** all sealed values of the service; ciphertext `null`: declared and not sealed yet. Sorted by name */
  sealedSecrets: readonly Readonly<{ name: string; ciphertext: string | null }>[];
  /** the variables that show sealed values, under the same or another name; sorted by name */
  secretEnvs: readonly Readonly<{ name: string; secret: string }>[];
  /** name of the SealedSecret and of the Secret made from it (strict scope: namespace and name are sealed in) */
  secretName: string;
  /** `null` where autoscaling owns it and for jobs */
  replicaCount: number | null;
  autoscaling: Readonly<{
    minReplicas: number;
    maxReplicas: number;
    cpuPercent: number | null;
    memoryPercent: number | null;
  }> | null;
  /** Kubernetes quantities; cpu limit `null`: none */
  resources: Readonly<{
    requests: Readonly<{ cpu: string; memory: string }>;
    limits: Readonly<{ cpu: string | null; memory: string }>;
  }>;
  probes: Readonly<{ startup: Probe | null; readiness: Probe | null; liveness: Probe | null }>;
  ingress: Readonly<{
    className: string;
    /** cert-manager ClusterIssuer */
    issuer: string;
    tlsSecret: string;
    annotations: Readonly<Record<string, string>>;
    hosts: readonly Readonly<{
      host: string;
      paths: readonly Readonly<{ path: string; pathType: 'Prefix' | 'Exact'; port: string }>[];
    }>[];
  }> | null;
  scheduling: Readonly<{
    pool: string;
    nodeSelector: Readonly<Record<string, string>>;
    tolerations: readonly Toleration[];
    /** over zones and over nodes; `hard`: rather Pending than uneven */
    spread: readonly Readonly<{ topologyKey: string; hard: boolean }>[];
  }>;
  disruptionBudget: Readonly<{ maxUnavailable: number | string }> | null;
  shutdown: Readonly<{ gracePeriodSeconds: number; preStopSeconds: number }>;
  volumes: readonly Volume[];
  serviceAccount: string;
  /** the id of the identity in Azure; `null`: not written into the configuration yet */
  workloadIdentity: Readonly<{ clientId: string | null; tenantId: string }> | null;
  security: Readonly<{
    runAsNonRoot: boolean;
    /** `null`: as the image says */
    runAsUser: number | null;
    readOnlyRootFilesystem: boolean;
    /** added capabilities, sorted; all others are dropped */
    capabilities: readonly string[];
    /** mount the token for the Kubernetes API */
    apiToken: boolean;
  }>;
  /** for both sorts of job */
  job: Readonly<{ backoffLimit: number; deadlineSeconds: number }> | null;
  schedule: Readonly<{
    cron: string;
    timeZone: string;
    concurrency: 'Allow' | 'Forbid' | 'Replace';
    startingDeadlineSeconds: number;
    successfulHistory: number;
    failedHistory: number;
    suspended: boolean;
  }> | null;
  /** scheduled job: the shortest time between two starts of its schedule; `null`: never two, as on the 30th of February, or no such job */
  secondsBetweenStarts: number | null;
  /** services of the same environment whose address it was given, sorted */
  calls: readonly string[];
  /** databases of the same environment it was given, sorted */
  uses: readonly string[];
  extraHelmValues: JsonObject;
  extraManifests: readonly JsonObject[];
}>;

export type Probe = Readonly<{
  check:
    | Readonly<{ kind: 'http'; path: string; port: string }>
    | Readonly<{ kind: 'tcp'; port: string }>
    | Readonly<{ kind: 'command'; command: readonly string[] }>;
  initialDelaySeconds: number;
  periodSeconds: number;
  timeoutSeconds: number;
  failureThreshold: number;
}>;

export type Toleration = Readonly<{
  key: string;
  operator: 'Equal' | 'Exists';
  value: string | null;
  effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' | null;
}>;

export type Volume = Readonly<{ name: string; mountPath: string; readOnly: boolean }> &
  (
    | Readonly<{ kind: 'ephemeral'; size: string; inMemory: boolean }>
    | Readonly<{
        kind: 'persistent';
        size: string;
        storageClass: string;
        accessMode: 'ReadWriteOnce' | 'ReadWriteMany';
      }>
    /** file name → content */
    | Readonly<{ kind: 'config'; files: Readonly<Record<string, string>> }>
    /** file name → sealed variable */
    | Readonly<{ kind: 'secret'; files: Readonly<Record<string, string>> }>
  );
