import type { Module } from '../module.ts';
import { bool, list, map, matching, object, oneOf, or, string } from '../type.ts';
import { lock } from './shared.ts';

export const identity: Module = {
  name: 'Azure/avm-res-managedidentity-userassignedidentity/azurerm',
  version: '0.5.2',
  terraform: '>= 1.9, < 2.0',
  providers: ['azapi', 'azurerm'],
  variables: object(
    { location: string, name: matching(/^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$/), resource_group_name: string },
    {
      enable_telemetry: or(bool, true),
      federated_identity_credentials: or(
        map(object({ audience: list(string), issuer: string, name: string, subject: string })),
        {},
      ),
      isolation_scope: oneOf('Regional'),
      lock,
      role_assignments: or(
        map(
          object(
            { role_definition_id_or_name: string, scope: string },
            {
              condition: string,
              condition_version: string,
              delegated_managed_identity_resource_id: string,
              description: string,
              skip_service_principal_aad_check: bool,
            },
          ),
        ),
        {},
      ),
      tags: map(string),
    },
  ),
  outputs: ['client_id', 'principal_id', 'resource', 'resource_id', 'resource_name', 'tenant_id'],
};
