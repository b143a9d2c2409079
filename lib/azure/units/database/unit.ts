import type { JsonObject } from '../../../json.ts';
import { database as module } from '../../modules/database.ts';
import { having, nothing } from '../../schema.ts';
import { eachEnvironment, placeAndTags, type UnitSort } from '../../unit.ts';

/** Where `name` has such a value, there is nothing of `absent`. */
function only(name: string, value: JsonObject, absent: string, reason: string): JsonObject {
  return {
    if: { type: 'object', properties: { [name]: value }, required: [name] },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: { type: 'object', properties: { [absent]: nothing(reason) } },
  };
}

/** A PostgreSQL server of an environment, in the environment's network only. */
export const database: UnitSort = {
  name: 'database',
  module,
  wired: ['administrator_password_wo', 'delegated_subnet_id', 'resource_group_name'],
  filled: [['private_dns_zone_id']],
  constraint: {
    type: 'object',
    properties: {
      // Azure takes neither for a server in a subnet.
      public_network_access_enabled: { const: false },
      firewall_rules: { type: 'object', maxProperties: 0 },
    },
    // Of the password only the version is in a file: without it the password would never be set again.
    dependencies: { administrator_login: ['administrator_password_wo_version'] },
    allOf: [
      // What the module has worse defaults for: open to the whole internet, and two zones.
      having('firewall_rules', 'high_availability', 'public_network_access_enabled'),
      // A disk that grew by itself is larger than its unit says, and the next plan makes a new server.
      only('auto_grow_enabled', { const: true }, 'storage_mb', 'the disk grows by itself'),
      only(
        'sku_name',
        { type: 'string', pattern: '^B_' },
        'high_availability',
        'a burstable size has no second server',
      ),
    ],
  },
  list: (model) =>
    eachEnvironment(model, ({ databases }, path) =>
      Object.keys(databases).map((key) => ({
        name: `database-${key}`,
        slice: {
          database: [...path, 'databases', key],
          privateDnsZoneId: [...path, 'network', 'privateDnsZoneId'],
          tenantId: ['azure', 'tenantId'],
          ...placeAndTags(path),
        },
        subject: [...path, 'databases', key],
      })),
    ),
};
