import type { JsonObject } from '../../../json.ts';
import { cluster as module } from '../../modules/cluster.ts';
import { having, nothing } from '../../schema.ts';
import { eachEnvironment, placeAndTags, type UnitSort } from '../../unit.ts';

const name = 'cluster';

/** With both limits the module sends no count, and with one of them it sends all three: a pool has a count or limits. */
const pool: JsonObject = {
  type: 'object',
  properties: { enable_auto_scaling: { const: true } },
  dependencies: {
    enable_auto_scaling: ['min_count', 'max_count'],
    min_count: ['enable_auto_scaling', 'max_count'],
    max_count: ['enable_auto_scaling', 'min_count'],
    count_of: {
      type: 'object',
      properties: { enable_auto_scaling: nothing('the pool has a fixed count') },
    },
  },
};

/** Azure takes one schedule, and the module does not look. */
const maintenanceWindow: JsonObject = {
  type: 'object',
  properties: { schedule: { type: 'object', minProperties: 1, maxProperties: 1 } },
};

/** The AKS cluster of an environment with all its node pools. */
export const cluster: UnitSort = {
  name,
  module,
  wired: ['identity_profile', 'managed_identities', 'parent_id'],
  filled: [
    ['default_agent_pool', 'vnet_subnet_id'],
    ['agent_pools', '*', 'vnet_subnet_id'],
  ],
  constraint: {
    type: 'object',
    properties: {
      default_agent_pool: pool,
      maintenanceconfiguration: {
        type: 'object',
        additionalProperties: { type: 'object', properties: { maintenance_window: maintenanceWindow } },
      },
      // The module has no default for the mode.
      agent_pools: { type: 'object', additionalProperties: { allOf: [pool, having('mode')] } },
    },
    allOf: [having('agent_pools', 'default_agent_pool', 'dns_prefix')],
  },
  list: (model) =>
    eachEnvironment(model, (_, path) => [
      {
        name,
        slice: {
          cluster: [...path, 'cluster'],
          network: [...path, 'network'],
          tenantId: ['azure', 'tenantId'],
          ...placeAndTags(path),
        },
        subject: [...path, 'cluster'],
      },
    ]),
};
