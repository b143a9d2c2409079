import type { ServiceLayer } from '../../config/schema.ts';
import type { Ground } from '../environment.ts';
import { notInEnvironment, outOfRange } from '../findings.ts';
import type { Service } from '../model.ts';
import { type Draft, derived } from '../origins.ts';
import { bytes, millicores } from '../quantities.ts';
import type { Reading } from './settings.ts';

/** Where the pods of a service may run, and how they are spread. */
export function schedulingOf(reading: Reading, { name: environment, cluster }: Ground): Draft<Service['scheduling']> {
  const { s, at, pathOf, report } = reading;
  const pool = s.pool ?? cluster.defaultPool;
  const nodePool = Object.hasOwn(cluster.pools, pool) ? cluster.pools[pool] : undefined;
  if (!nodePool)
    report(
      notInEnvironment({
        ...{ path: pathOf('pool'), what: 'pool', name: pool, environment },
        known: Object.keys(cluster.pools),
      }),
    );
  checkTolerations(reading);
  return {
    pool: at(pool, 'pool'),
    nodeSelector: at({ agentpool: nodePool?.azureName ?? pool }, 'pool'),
    tolerations: at(
      [...(nodePool?.dedicated ? [dedicatedTo(nodePool.azureName)] : []), ...tolerationsOf(s)],
      s.tolerations ? 'tolerations' : 'pool',
    ),
    spread: at(spreadOf(s, nodePool?.zones ?? []), 'spread'),
  } as Draft<Service['scheduling']>;
}

type Toleration = Service['scheduling']['tolerations'][number];

function dedicatedTo(pool: string): Toleration {
  return { key: 'dedicated', operator: 'Equal', value: pool, effect: 'NoSchedule' };
}

function tolerationsOf({ tolerations }: ServiceLayer): Toleration[] {
  return (tolerations ?? []).map(({ key, operator, value, effect }) => ({
    key,
    operator: operator ?? (value == null ? 'Exists' : 'Equal'),
    value: value ?? null,
    effect: effect ?? null,
  }));
}

function spreadOf({ spread }: ServiceLayer, zones: readonly string[]): Service['scheduling']['spread'] {
  const over = (topologyKey: string, how: string | null | undefined) =>
    how ? [{ topologyKey, hard: how === 'hard' }] : [];
  return [
    // A pool without zones gives its nodes no zone to spread over, and `hard` would leave every pod waiting.
    ...(zones.length > 1 ? over('topology.kubernetes.io/zone', spread?.zones) : []),
    ...over('kubernetes.io/hostname', spread?.nodes),
  ];
}

/** What a container asks for and may take; without a limit of memory, what it asks for is the limit. */
export function resourcesOf(reading: Reading): Draft<Service['resources']> {
  const { s, at, pathOf } = reading;
  const { requests } = s.resources;
  const limits = { cpu: s.resources.limits?.cpu ?? null, memory: s.resources.limits?.memory ?? requests.memory };
  checkResources(reading, requests, limits);
  return {
    requests: {
      cpu: at(requests.cpu, 'resources', 'requests', 'cpu'),
      memory: at(requests.memory, 'resources', 'requests', 'memory'),
    },
    limits: {
      cpu: at(limits.cpu, 'resources', 'limits', 'cpu'),
      memory: s.resources.limits?.memory
        ? at(limits.memory, 'resources', 'limits', 'memory')
        : derived(limits.memory, pathOf('resources', 'requests', 'memory')),
    },
  } as Draft<Service['resources']>;
}

function checkResources(
  { name: service, pathOf, report }: Reading,
  requests: { cpu: string; memory: string },
  limits: { cpu: string | null; memory: string },
): void {
  const below = (what: string, quantity: 'cpu' | 'memory', expected: string) =>
    report(
      outOfRange({
        path: pathOf('resources', 'limits', quantity),
        otherPath: pathOf('resources', 'requests', quantity),
        what: `the ${what} limit ${limits[quantity]} of service \`${service}\` is below its request ${requests[quantity]}`,
        expected,
      }),
    );
  if (limits.cpu !== null && millicores(limits.cpu) < millicores(requests.cpu))
    below('CPU', 'cpu', 'a limit not below the request, or none');
  if (bytes(limits.memory) < bytes(requests.memory))
    below('memory', 'memory', 'a limit not below the request; without one it is the request');
}

export function shutdownOf({ s, at, pathOf, report }: Reading): Draft<Service['shutdown']> {
  const { gracePeriodSeconds: grace, preStopSeconds: preStop } = s.shutdown;
  const waiting = pathOf('shutdown', 'preStopSeconds');
  if (preStop >= grace)
    report(
      outOfRange({
        path: waiting.includes('shutdown') ? waiting : pathOf('shutdown', 'gracePeriodSeconds'),
        what: `pods wait ${preStop} s before they stop, and are killed after ${grace} s`,
        expected: '`preStopSeconds` below `gracePeriodSeconds`, with time left to finish',
      }),
    );
  return {
    gracePeriodSeconds: at(grace, 'shutdown', 'gracePeriodSeconds'),
    preStopSeconds: at(preStop, 'shutdown', 'preStopSeconds'),
  };
}

/** @see k8s.io/kubernetes, ValidateTolerations: it refuses such a pod */
function checkTolerations({ name: service, s, pathOf, report }: Reading): void {
  for (const [index, { key, operator, value }] of (s.tolerations ?? []).entries())
    if (operator === 'Exists' && value)
      report(
        outOfRange({
          path: pathOf('tolerations', index, 'value'),
          what: `a toleration of service \`${service}\` takes any value of \`${key}\`, and names the value \`${value}\``,
          expected: '`operator: "Exists"` without a value, or `operator: "Equal"` with one',
        }),
      );
}

export function securityOf(reading: Reading): Draft<Service['security']> {
  const { at, s } = reading;
  checkUser(reading);
  return {
    runAsNonRoot: at(s.security.runAsNonRoot, 'security', 'runAsNonRoot'),
    runAsUser: at(s.security.runAsUser ?? null, 'security', 'runAsUser'),
    readOnlyRootFilesystem: at(s.security.readOnlyRootFilesystem, 'security', 'readOnlyRootFilesystem'),
    capabilities: at([...s.security.capabilities].sort(), 'security', 'capabilities'),
    apiToken: at(s.security.apiToken, 'security', 'apiToken'),
  };
}

/** The kubelet refuses to start such a container, again and again. */
function checkUser({ name: service, s: { security }, pathOf, report }: Reading): void {
  if (security.runAsNonRoot && security.runAsUser === 0)
    report(
      outOfRange({
        path: pathOf('security', 'runAsUser'),
        what: `service \`${service}\` runs as user 0, which is root, and \`runAsNonRoot\` lets nobody be root: its pods never start`,
        expected: 'the number of another user',
        help: 'write another number, or `runAsNonRoot: false` for a program that must be root',
      }),
    );
}
