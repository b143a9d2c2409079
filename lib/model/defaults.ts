import type { ServiceLayer } from '../config/schema.ts';
import type { Path } from '../finding/finding.ts';

type Kind = 'deployment' | 'scheduledJob' | 'releaseJob';
type All<Group> = { readonly [Key in keyof Group]-?: NonNullable<Group[Key]> };
type Group<Name extends keyof ServiceLayer> = NonNullable<ServiceLayer[Name]>;
type Resources = Group<'resources'>;

/** What a service says once defaults are merged in: these groups are then whole. */
export type Settled = Omit<ServiceLayer, 'resources' | 'security' | 'shutdown' | 'job' | 'schedule'> &
  Readonly<{
    resources: { requests: All<NonNullable<Resources['requests']>>; limits?: Resources['limits'] };
    security: All<Omit<Group<'security'>, 'runAsUser'>> & Pick<Group<'security'>, 'runAsUser'>;
    shutdown: All<Group<'shutdown'>>;
    /** of jobs */
    job?: All<Group<'job'>>;
    /** of scheduled jobs */
    schedule?: All<Omit<Group<'schedule'>, 'cron'>> & Pick<Group<'schedule'>, 'cron'>;
  }>;

/**
 * Where a service must say something, so that `null` gives back the default: nobody loses the read-only file system by `security: null`.
 * Of a user `null` says something, that of the image.
 */
export function isSettled([group, key]: Path): boolean {
  const groups: Path = ['resources', 'security', 'shutdown', 'job', 'schedule'];
  return groups.includes(group ?? '') && !(group === 'security' && key === 'runAsUser');
}

/** One pod is away whenever its node is upgraded; production must not be. */
export function replicaCount(tier: string): number {
  return tier === 'production' ? 2 : 1;
}

/** What holds for a service that says nothing else: the weakest layer, so all of it can be changed, and most be taken away. */
export function serviceDefaults(kind: Kind, tier: string): Settled {
  const common = {
    kind,
    resources: { requests: { cpu: '100m', memory: '128Mi' } },
    security: {
      runAsNonRoot: true,
      // A number: Kubernetes cannot tell whether a user known by name is root.
      runAsUser: 10001,
      readOnlyRootFilesystem: true,
      capabilities: [],
      apiToken: false,
    },
    // With a root file system that nobody can write to, most programs still want this one folder.
    volumes: { tmp: { kind: 'ephemeral', mountPath: '/tmp', size: '64Mi' } },
    shutdown: { gracePeriodSeconds: 30, preStopSeconds: kind === 'deployment' ? 5 : 0 },
  } satisfies Settled;
  switch (kind) {
    case 'deployment':
      return {
        ...common,
        replicaCount: replicaCount(tier),
        spread: { zones: 'soft', nodes: 'soft' },
      };
    case 'scheduledJob':
      return {
        ...common,
        job: { backoffLimit: 2, deadlineSeconds: 3600 },
        schedule: {
          timeZone: 'Etc/UTC',
          concurrency: 'Forbid',
          startingDeadlineSeconds: 300,
          successfulHistory: 3,
          failedHistory: 3,
          suspended: false,
        },
      };
    case 'releaseJob':
      // A migration that failed half-way is for a person to look at, not to be tried again.
      return { ...common, job: { backoffLimit: 0, deadlineSeconds: 900 } };
  }
}

/** Of autoscaling that says no measure to scale by. */
export const CPU_PERCENT = 70;

export const PROBE = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 };
/** Two minutes to start: a startup probe exists for slow starts. */
export const STARTUP_FAILURES = 12;

export const VOLUME = { storageClass: 'managed-csi', accessMode: 'ReadWriteOnce' } as const;

/** Of AKS' 250 a small node would reserve a quarter of its memory for pods that it cannot hold anyway. */
export const POOL = { maxPods: 60, osDiskGb: 128, zones: ['1', '2', '3'] } as const;

export const DATABASE = { backupRetentionDays: 7, geoRedundantBackup: false, passwordVersion: 1, port: 5432 } as const;

export const CLUSTER = { tier: 'Standard' } as const;

/**
 * When Azure may upgrade a cluster: at night, before a workday. Production comes two days after the others, which show what an upgrade
 * breaks while there is time to stop it.
 */
export function maintenanceDefaults(tier: string) {
  return { day: tier === 'production' ? 'Thursday' : 'Tuesday', hour: 2, utcOffset: '+00:00' } as const;
}
/** The least that Azure takes. */
export const MAINTENANCE_HOURS = 4;

export const REGISTRY = { sku: 'Standard', zoneRedundant: false } as const;

export const DELIVERY = {
  argocdNamespace: 'argocd',
  writeSecret: 'image-updater-git',
  runner: 'ubuntu-24.04',
  timeoutMinutes: 30,
  pathsIgnore: ['**.md'],
} as const;

export const IMAGE = { context: '.', dockerfile: 'Dockerfile' } as const;

export const BRANCH = 'main';
