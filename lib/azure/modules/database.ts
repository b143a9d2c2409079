import type { Module } from '../module.ts';
import {
  between,
  bool,
  initially,
  map,
  matching,
  number,
  object,
  oneOf,
  options,
  or,
  secret,
  string,
} from '../type.ts';
import { diagnosticSettings, lock, managedIdentities, privateEndpoints, roleAssignments, timeouts } from './shared.ts';

/**
 * The module checks little of its values: version, size, storage and days of backup are checked here as the provider (azurerm 4.81)
 * and Azure take them.
 */
export const database: Module = {
  name: 'Azure/avm-res-dbforpostgresql-flexibleserver/azurerm',
  version: '0.2.3',
  terraform: '>= 1.9, < 2.0',
  providers: ['azapi', 'azurerm'],
  variables: object(
    { location: string, name: string, resource_group_name: string },
    {
      ad_administrator: or(
        map(object({ object_id: string, principal_name: string, principal_type: string, tenant_id: string })),
        {},
      ),
      administrator_login: string,
      administrator_password: secret,
      administrator_password_wo: secret,
      administrator_password_wo_version: string,
      authentication: options({ active_directory_auth_enabled: bool, password_auth_enabled: bool, tenant_id: string }),
      auto_grow_enabled: bool,
      backup_retention_days: between(7, 35),
      create_mode: string,
      customer_managed_key: object(
        { key_vault_key_id: string },
        {
          geo_backup_key_vault_key_id: string,
          geo_backup_user_assigned_identity_id: string,
          primary_user_assigned_identity_id: string,
        },
      ),
      databases: or(
        map(
          object(
            { name: string },
            {
              charset: string,
              collation: string,
              timeouts: options({ create: string, delete: string, read: string }),
            },
          ),
        ),
        {},
      ),
      delegated_subnet_id: string,
      diagnostic_settings: or(diagnosticSettings, {}),
      enable_telemetry: or(bool, true),
      firewall_rules: initially(map(object({ end_ip_address: string, name: string, start_ip_address: string })), {
        rule1: { end_ip_address: '255.255.255.255', name: 'AllowAllFireWallRule', start_ip_address: '0.0.0.0' },
      }),
      geo_redundant_backup_enabled: bool,
      high_availability: initially(
        object({ mode: oneOf('SameZone', 'ZoneRedundant') }, { standby_availability_zone: string }),
        {
          mode: 'ZoneRedundant',
        },
      ),
      lock,
      maintenance_window: initially(options({ day_of_week: string, start_hour: number, start_minute: number }), {
        day_of_week: '0',
        start_hour: 0,
        start_minute: 0,
      }),
      managed_identities: or(managedIdentities, {}),
      point_in_time_restore_time_in_utc: string,
      private_dns_zone_id: string,
      private_endpoints: or(privateEndpoints, {}),
      private_endpoints_manage_dns_zone_group: or(bool, true),
      public_network_access_enabled: initially(bool, false),
      replication_role: string,
      role_assignments: or(roleAssignments, {}),
      server_configuration: or(map(object({ config: string, name: string })), {}),
      server_version: oneOf('11', '12', '13', '14', '15', '16', '17', '18'),
      sku_name: matching(/^(B|GP|MO)_Standard_[A-Za-z0-9_]+$/),
      source_server_id: string,
      storage_mb: oneOf(
        32768,
        65536,
        131072,
        262144,
        524288,
        1048576,
        2097152,
        4193280,
        4194304,
        8388608,
        16777216,
        33553408,
      ),
      storage_tier: oneOf('P4', 'P6', 'P10', 'P15', 'P20', 'P30', 'P40', 'P50', 'P60', 'P70', 'P80'),
      tags: map(string),
      timeouts,
      virtual_endpoint: or(map(object({ name: string, replica_server_id: string, type: string })), {}),
      zone: string,
    },
  ),
  outputs: ['database_name', 'database_resource_ids', 'fqdn', 'name', 'private_endpoints', 'resource_id'],
};
