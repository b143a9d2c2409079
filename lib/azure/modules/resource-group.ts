import type { Module } from '../module.ts';
import { bool, initially, list, map, matching, number, object, options, or, string } from '../type.ts';
import { lock, timeouts, uuid } from './shared.ts';

export const resourceGroup: Module = {
  name: 'Azure/avm-res-resources-resourcegroup/azurerm',
  version: '0.4.0',
  terraform: '>= 1.9, < 2.0',
  providers: ['azapi'],
  variables: object(
    { location: string, name: matching(/^[a-zA-Z0-9_().-]{1,89}[a-zA-Z0-9_()-]$/) },
    {
      enable_telemetry: or(bool, true),
      lock,
      managed_by: matching(/^\/.+\/.+/),
      retry: initially(
        options({
          error_message_regex: or(list(string), ['409 Conflict']),
          interval_seconds: number,
          max_interval_seconds: number,
        }),
        {},
      ),
      role_assignments: or(
        map(
          object(
            { principal_id: string, role_definition_id_or_name: string },
            {
              condition: string,
              condition_version: string,
              delegated_managed_identity_resource_id: string,
              description: string,
              name: uuid,
              principal_type: string,
              skip_service_principal_aad_check: or(bool, false),
            },
          ),
        ),
        {},
      ),
      tags: map(string),
      timeouts: or(timeouts, {}),
    },
  ),
  outputs: ['location', 'name', 'resource', 'resource_id'],
};
