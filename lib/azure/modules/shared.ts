import { bool, list, map, matching, number, object, oneOf, options, or, set, string } from '../type.ts';

/** Types that several modules have in common. */

export const lock = object({ kind: oneOf('CanNotDelete', 'ReadOnly') }, { name: string });

export const roleAssignments = map(
  object(
    { principal_id: string, role_definition_id_or_name: string },
    {
      condition: string,
      condition_version: string,
      delegated_managed_identity_resource_id: string,
      description: string,
      principal_type: string,
      skip_service_principal_aad_check: or(bool, false),
    },
  ),
);

export const diagnosticSettings = map(
  options({
    event_hub_authorization_rule_resource_id: string,
    event_hub_name: string,
    log_analytics_destination_type: or(string, 'Dedicated'),
    log_categories: or(set(string), []),
    log_groups: or(set(string), ['allLogs']),
    marketplace_partner_resource_id: string,
    metric_categories: or(set(string), ['AllMetrics']),
    name: string,
    storage_account_resource_id: string,
    workspace_resource_id: string,
  }),
);

export const managedIdentities = options({
  system_assigned: or(bool, false),
  user_assigned_resource_ids: or(set(string), []),
});

export const privateEndpoints = map(
  object(
    { subnet_resource_id: string },
    {
      application_security_group_associations: or(map(string), {}),
      ip_configurations: or(map(object({ name: string, private_ip_address: string })), {}),
      location: string,
      lock,
      name: string,
      network_interface_name: string,
      private_dns_zone_group_name: or(string, 'default'),
      private_dns_zone_resource_ids: or(set(string), []),
      private_service_connection_name: string,
      resource_group_name: string,
      role_assignments: or(roleAssignments, {}),
      tags: map(string),
    },
  ),
);

export const timeouts = options({ create: string, delete: string, read: string, update: string });

/** How azapi waits and tries again where a resource is not ready. */
export const azapiTimeouts = options({
  create: or(string, '30m'),
  delete: or(string, '30m'),
  read: or(string, '5m'),
  update: or(string, '30m'),
});
export const azapiRetry = options({
  error_message_regex: or(list(string), ['ReferencedResourceNotProvisioned']),
  interval_seconds: or(number, 10),
  max_interval_seconds: or(number, 180),
});

export const cidr = matching(/^[0-9a-fA-F:.]+\/[0-9]{1,3}$/);
export const ipv4 = matching(/^[0-9]{1,3}(\.[0-9]{1,3}){3}$/);
export const uuid = matching(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/);
