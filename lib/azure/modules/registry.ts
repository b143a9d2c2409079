import type { Module } from '../module.ts';
import { any, bool, initially, list, map, matching, number, object, oneOf, options, or, string } from '../type.ts';
import { diagnosticSettings, lock, managedIdentities, privateEndpoints, roleAssignments, timeouts } from './shared.ts';

export const registry: Module = {
  name: 'Azure/avm-res-containerregistry-registry/azurerm',
  version: '0.8.0',
  terraform: '>= 1.8',
  providers: ['azapi', 'azurerm'],
  variables: object(
    { location: string, name: matching(/^[A-Za-z0-9]{5,50}$/), resource_group_name: string },
    {
      admin_enabled: initially(bool, false),
      anonymous_pull_enabled: initially(bool, false),
      cache_rules: or(
        map(
          object(
            { name: string, source_repository: string, target_repository: string },
            { credential_set_key: string, credential_set_resource_id: string },
          ),
        ),
        {},
      ),
      credential_sets: or(
        map(
          object({
            auth_credentials: list(
              object(
                { password_secret_identifier: string, username_secret_identifier: string },
                { name: or(string, 'Credential1') },
              ),
            ),
            login_server: string,
            name: string,
          }),
        ),
        {},
      ),
      customer_managed_key: object(
        { key_name: string, key_vault_resource_id: string },
        { key_version: string, user_assigned_identity: object({ resource_id: string }) },
      ),
      data_endpoint_enabled: initially(bool, false),
      diagnostic_settings: or(diagnosticSettings, {}),
      enable_telemetry: or(bool, true),
      enable_trust_policy: initially(bool, false),
      export_policy_enabled: initially(bool, true),
      georeplications: initially(
        list(
          object(
            { location: string },
            { regional_endpoint_enabled: or(bool, true), tags: map(any), zone_redundancy_enabled: or(bool, true) },
          ),
        ),
        [],
      ),
      lock,
      managed_identities: or(managedIdentities, {}),
      network_rule_bypass_for_tasks_enabled: or(bool, false),
      network_rule_bypass_option: initially(oneOf('AzureServices', 'None'), 'None'),
      network_rule_set: options({
        default_action: or(oneOf('Allow', 'Deny'), 'Deny'),
        ip_rule: or(list(object({ ip_range: string }, { action: or(string, 'Allow') })), []),
      }),
      private_endpoints: or(privateEndpoints, {}),
      private_endpoints_inherit_lock: or(bool, true),
      private_endpoints_manage_dns_zone_group: or(bool, true),
      public_network_access_enabled: initially(bool, true),
      quarantine_policy_enabled: initially(bool, false),
      resource_types: or(
        options({
          cache_rule: or(string, 'Microsoft.ContainerRegistry/registries/cacheRules@2025-11-01'),
          credential_set: or(string, 'Microsoft.ContainerRegistry/registries/credentialSets@2025-11-01'),
        }),
        {},
      ),
      retention_policy_in_days: initially(number, 7),
      retry: options({ error_message_regex: list(string), interval_seconds: number, max_interval_seconds: number }),
      role_assignment_mode: or(
        oneOf('LegacyRegistryPermissions', 'AbacRepositoryPermissions'),
        'LegacyRegistryPermissions',
      ),
      role_assignments: or(roleAssignments, {}),
      scope_maps: initially(
        map(
          object(
            { actions: list(string), name: string },
            {
              description: string,
              registry_tokens: map(
                object(
                  { name: string },
                  {
                    enabled: or(bool, true),
                    passwords: object(
                      { password1: options({ expiry: string }) },
                      { password2: options({ expiry: string }) },
                    ),
                  },
                ),
              ),
            },
          ),
        ),
        {},
      ),
      sku: initially(oneOf('Basic', 'Standard', 'Premium'), 'Premium'),
      tags: map(string),
      timeouts,
      zone_redundancy_enabled: initially(bool, true),
    },
  ),
  outputs: [
    'admin_password',
    'admin_username',
    'cache_rules',
    'credential_sets',
    'data_endpoint_host_names',
    'login_server',
    'name',
    'private_endpoints',
    'resource_id',
    'scope_maps',
    'system_assigned_mi_principal_id',
    'system_assigned_mi_tenant_id',
  ],
};
