import { type Fault, fault } from './fault.ts';

const SHOP = 'services.shop.environments.blue';
const MAIN = 'environments.blue.cluster.pools.main';
/** A job of production: the example has its scheduled one in staging. */
const MIGRATE = 'services.migrate.environments.blue';
const SCHEDULED = {
  [`${MIGRATE}.kind`]: 'scheduledJob',
  [`${MIGRATE}.secondsBetweenStarts`]: 86_400,
} as const;
const schedule = {
  cron: '30 2 * * *',
  timeZone: 'Etc/UTC',
  concurrency: 'Forbid',
  startingDeadlineSeconds: 300,
  successfulHistory: 3,
  failedHistory: 3,
  suspended: false,
};
const probe = (check: object) => ({
  check,
  initialDelaySeconds: 0,
  periodSeconds: 5,
  timeoutSeconds: 2,
  failureThreshold: 4,
});

/** Faults that the rules of services and of capacity find. */
export const plantedServices: readonly Fault[] = [
  fault('capacity/idle_autoscaling', {
    set: {
      [`${SHOP}.autoscaling`]: { minReplicas: 2, maxReplicas: 2, cpuPercent: 70, memoryPercent: null },
    },
    at: `${SHOP}.autoscaling.maxReplicas`,
    message: '`shop` scales from 2 to as many replicas in `blue`, which is not at all',
  }),
  fault('capacity/idle_pool', {
    set: { 'environments.blue.cluster.pools.main.mode': 'User', 'services.shop.environments.blue.scheduling.pool': '' },
    at: `${MAIN}.scaling`,
    message: 'pool `main` of `blue` has 3 nodes at the least, and no service runs on it',
  }),
  fault('capacity/memory_volume', {
    set: {
      [`${SHOP}.volumes.0`]: {
        kind: 'ephemeral',
        name: 'cache',
        mountPath: '/cache',
        readOnly: false,
        size: '1Gi',
        inMemory: true,
      },
    },
    at: `${SHOP}.volumes.0.size`,
    other: `${SHOP}.resources.limits.memory`,
    message: '`shop` may keep 1Gi in memory as volumes in `blue`, and its memory limit is 512Mi',
  }),
  fault('capacity/node_disk', {
    set: { [`${SHOP}.volumes.0.size`]: '0.2Ti' },
    at: `${SHOP}.volumes.0.size`,
    other: `${MAIN}.osDiskGb`,
    message: '`shop` may write 0.2Ti to the disk of its node in `blue`, and nodes of pool `main` have disks of 128 GiB',
  }),
  fault('capacity/overcommitted_memory', {
    set: { [`${SHOP}.resources.limits.memory`]: '1.1Gi' },
    at: `${SHOP}.resources.limits.memory`,
    other: `${SHOP}.resources.requests.memory`,
    message:
      '`shop` requests memory 256Mi in `blue`, a production environment, and may take 1.1Gi: more than 4 times as much',
  }),
  fault('capacity/single_zone', {
    set: { [`${MAIN}.zones`]: ['2'] },
    at: `${MAIN}.zones`,
    message: 'pool `main` of `blue`, a production environment, lies in zone 2 alone; several expected',
  }),
  fault('capacity/small_system_pool', {
    set: { [`${MAIN}.scaling`]: { kind: 'auto', min: 1, max: 5 } },
    at: `${MAIN}.scaling`,
    message: 'system pool `main` of `blue`, a production environment, may have 1 node; at least 2 expected',
  }),
  fault('capacity/unknown_size', {
    set: { [`${MAIN}.size`]: 'Standard_HB120rs_v3', [`${MAIN}.allocatable`]: null },
    at: `${MAIN}.size`,
    message:
      'nobody knows how much room a node of Standard_HB120rs_v3 has, so capacity of pool `main` of `blue` is not judged',
  }),
  fault('capacity/unreachable_target', {
    set: {
      [`${SHOP}.autoscaling`]: { minReplicas: 2, maxReplicas: 6, cpuPercent: null, memoryPercent: 200 },
    },
    at: `${SHOP}.autoscaling.memoryPercent`,
    other: `${SHOP}.resources.limits.memory`,
    message:
      '`shop` scales up in `blue` when it uses more than 200 % of its memory request 256Mi, and its limit is 512Mi',
  }),
  fault('capacity/zone_loss', {
    set: { [`${MAIN}.scaling`]: { kind: 'fixed', count: 4 }, 'environments.blue.nodesNeeded': needs(3) },
    at: `${MAIN}.scaling`,
    message:
      'deployments on pool `main` of `blue` need, at their fewest replicas, 3 nodes, and 2 of 4 remain when one of 3 zones is lost',
  }),
  fault('services/abrupt_stop', {
    set: { [`${SHOP}.shutdown.preStopSeconds`]: 0 },
    at: `${SHOP}.shutdown.preStopSeconds`,
    message:
      '`shop` is reachable as `acme.example` in `blue`, a production environment, and its pods stop at once, with requests on the way to them',
  }),
  fault('services/calls_stopped', {
    set: {
      'services.shop.environments.green.replicaCount': 0,
      'services.cleanup.environments.green.calls': ['shop'],
    },
    at: 'services.cleanup.environments.green.calls.0',
    other: 'services.shop.environments.green.replicaCount',
    message: '`cleanup` calls `shop` in `green`, which has replicaCount 0 there',
  }),
  fault('services/eager_liveness', {
    set: { [`${SHOP}.probes.liveness`]: { ...probe({ kind: 'tcp', port: 'http' }), failureThreshold: 3 } },
    at: `${SHOP}.probes.liveness`,
    message:
      'the liveness probe of `shop` restarts a pod in `blue`, a production environment, after 15 s without an answer; at least 20 s expected',
  }),
  fault('services/impossible_schedule', {
    set: {
      'services.cleanup.environments.green.schedule.cron': '0 3 31 2 *',
      'services.cleanup.environments.green.secondsBetweenStarts': null,
    },
    at: 'services.cleanup.environments.green.schedule.cron',
    message: '`cleanup` never starts in `green`: no day is one of `0 3 31 2 *`',
  }),
  fault('services/liveness_like_readiness', {
    set: {
      [`${SHOP}.probes.liveness`]: probe({ kind: 'command', command: ['check'] }),
      [`${SHOP}.probes.readiness`]: probe({ kind: 'command', command: ['check'] }),
    },
    at: `${SHOP}.probes.liveness`,
    other: `${SHOP}.probes.readiness`,
    message:
      'the liveness probe of `shop` asks what its readiness probe asks in `blue`, a production environment, and restarts a pod after 20 s; more than 20 s expected',
  }),
  fault('services/long_release', {
    set: { [`${MIGRATE}.job.deadlineSeconds`]: 7200 },
    at: `${MIGRATE}.job.deadlineSeconds`,
    message:
      'release job `migrate` may block a release in `blue`, a production environment, for 7200 s; at most 3600 s expected',
  }),
  fault('services/no_history', {
    set: { ...SCHEDULED, [`${MIGRATE}.schedule`]: { ...schedule, failedHistory: 0 } },
    at: `${MIGRATE}.schedule.failedHistory`,
    message: 'nothing of a failed run of `migrate` is kept in `blue`, a production environment: failedHistory is 0',
  }),
  fault('services/overlapping_schedule', {
    set: {
      ...SCHEDULED,
      [`${MIGRATE}.secondsBetweenStarts`]: 600,
      [`${MIGRATE}.schedule`]: { ...schedule, cron: '*/10 * * * *', concurrency: 'Allow' },
    },
    at: `${MIGRATE}.schedule.concurrency`,
    other: `${MIGRATE}.job.deadlineSeconds`,
    message:
      '`migrate` may run for 3600 s in `blue`, a production environment, and starts again after 600 s beside itself: concurrency is Allow',
  }),
  fault('services/privileged_manifest', {
    set: { [`${SHOP}.extraManifests`]: [pod({ hostPID: true, containers: [] })] },
    at: `${SHOP}.extraManifests.0.spec.hostPID`,
    message: 'a pod of extra manifest `shell` of `blue` is not apart from its node: hostPID is true',
  }),
  fault('services/repeated_migration', {
    set: { [`${MIGRATE}.job.backoffLimit`]: 1 },
    at: `${MIGRATE}.job.backoffLimit`,
    message: 'release job `migrate` is run up to 2 times in `blue`, a production environment, when it fails half-way',
  }),
  fault('services/stopped_public', {
    set: { [`${SHOP}.autoscaling`]: null, [`${SHOP}.replicaCount`]: 0 },
    at: `${SHOP}.replicaCount`,
    message:
      '`shop` has replicaCount 0 in `blue`, a production environment, and is reachable as `acme.example`, which then answers with 503',
  }),
  fault('services/suspended_job', {
    set: { ...SCHEDULED, [`${MIGRATE}.schedule`]: { ...schedule, suspended: true } },
    at: `${MIGRATE}.schedule.suspended`,
    message:
      '`migrate` is suspended in `blue`, a production environment, and starts only when somebody starts it by hand',
  }),
  fault('services/unchecked_worker', {
    set: { [`${SHOP}.ports`]: [], [`${SHOP}.probes`]: { startup: null, readiness: null, liveness: null } },
    at: `${SHOP}.probes.liveness`,
    message:
      '`shop` has neither ports nor a liveness probe in `blue`, a production environment: nobody notices when it hangs',
  }),
  fault('services/unlimited_manifest', {
    set: {
      [`${SHOP}.extraManifests`]: [pod({ containers: [{ name: 'shell', resources: { limits: { cpu: '1' } } }] })],
    },
    at: `${SHOP}.extraManifests.0.spec.containers.0`,
    message: 'container `shell` of extra manifest `shell` of `blue` has no memory limit and no memory request',
  }),
  fault('services/unspread', {
    set: { [`${SHOP}.scheduling.spread`]: [] },
    at: `${SHOP}.scheduling.spread`,
    message:
      '`shop` has 2 replicas in `blue`, a production environment, and nothing keeps them on several nodes or in several zones',
  }),
  fault('services/writable_root', {
    set: { [`${MIGRATE}.security.readOnlyRootFilesystem`]: false },
    at: `${MIGRATE}.security.readOnlyRootFilesystem`,
    message: '`migrate` may write to its root file system in `blue`, a production environment',
  }),
];

function needs(fewest: number) {
  return { main: { fewest, most: fewest } };
}

function pod(spec: object) {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shell' }, spec };
}
