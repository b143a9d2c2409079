import type { Json } from '../../lib/json.ts';
import { applyPatch } from '../../lib/print/merge.ts';
import { acme } from '../acme.ts';

/** The platform that the examples of rules are written into: no rule has anything to say of it. */
export function faultless(): Json {
  return applyPatch(acme(), {
    environments: {
      blue: {
        subscriptionId: '00000000-0000-0000-0000-000000000002',
        cluster: {
          adminGroups: ['00000000-0000-0000-0000-000000000003'],
          authorizedRanges: ['203.0.113.0/24'],
        },
        databases: {
          orders: { backupRetentionDays: 35, geoRedundantBackup: true, highAvailability: 'ZoneRedundant' },
        },
      },
      green: {
        network: {
          addressSpace: '10.20.0.0/16',
          nodeSubnet: '10.20.0.0/22',
          databaseSubnet: '10.20.8.0/24',
          podRange: '10.65.0.0/16',
          serviceRange: '10.251.0.0/20',
        },
      },
    },
  }) as Json;
}
