import type { Module } from '../module.ts';
import { bool, initially, list, map, matching, number, object, options, or, set, string } from '../type.ts';
import { azapiTimeouts, lock, roleAssignments } from './shared.ts';

const addresses = initially(
  map(object({ name: string, ttl: number }, { ip_addresses: set(string), records: list(string) })),
  {},
);
const timeout = { create: '30m', delete: '30m', read: '5m', update: '30m' };

export const privateDnsZone: Module = {
  name: 'Azure/avm-res-network-privatednszone/azurerm',
  version: '0.5.0',
  terraform: '>= 1.9, < 2.0',
  providers: ['azapi'],
  variables: object(
    {
      domain_name: string,
      parent_id: matching(/^\/subscriptions\/[a-f0-9-]+\/resourceGroups\/[a-zA-Z0-9_.()-]+$/),
    },
    {
      a_records: addresses,
      aaaa_records: addresses,
      cname_records: initially(map(object({ name: string, ttl: number }, { cname: string, record: string })), {}),
      enable_telemetry: or(bool, true),
      lock,
      mx_records: initially(
        map(
          object(
            { records: map(object({ exchange: string, preference: number })), ttl: number },
            { name: or(string, '@') },
          ),
        ),
        {},
      ),
      ptr_records: initially(
        map(object({ name: string, ttl: number }, { domain_names: set(string), records: list(string) })),
        {},
      ),
      retry: initially(
        options({
          error_message_regex: or(list(string), ['ReferencedResourceNotProvisioned', 'CannotDeleteResource']),
          interval_seconds: or(number, 10),
          max_interval_seconds: or(number, 180),
          multiplier: or(number, 1.5),
          randomization_factor: or(number, 0.5),
        }),
        {},
      ),
      role_assignment_name_use_random_uuid: or(bool, true),
      role_assignments: or(roleAssignments, {}),
      soa_record: object(
        { email: string },
        {
          expire_time: or(number, 2419200),
          minimum_ttl: or(number, 10),
          name: or(string, '@'),
          refresh_time: or(number, 3600),
          retry_time: or(number, 300),
          ttl: or(number, 3600),
        },
      ),
      srv_records: initially(
        map(
          object({
            name: string,
            records: map(object({ port: number, priority: number, target: string, weight: number })),
            ttl: number,
          }),
        ),
        {},
      ),
      tags: map(string),
      timeouts: initially(options({ dns_zones: or(azapiTimeouts, {}), vnet_links: or(azapiTimeouts, {}) }), {
        dns_zones: timeout,
        vnet_links: timeout,
      }),
      txt_records: initially(
        map(object({ name: string, records: map(object({ value: list(string) })), ttl: number })),
        {},
      ),
      virtual_network_links: initially(
        map(
          options({
            autoregistration: or(bool, false),
            name: matching(/^.{1,79}$/),
            private_dns_zone_supports_private_link: or(bool, false),
            registration_enabled: bool,
            resolution_policy: or(string, 'Default'),
            tags: map(string),
            virtual_network_id: string,
            vnetid: string,
            vnetlinkname: matching(/^.{1,79}$/),
          }),
        ),
        {},
      ),
    },
  ),
  outputs: [
    'a_record_outputs',
    'aaaa_record_outputs',
    'cname_record_outputs',
    'mx_record_outputs',
    'name',
    'ptr_record_outputs',
    'resource',
    'resource_id',
    'soa_record_outputs',
    'srv_record_outputs',
    'txt_record_outputs',
    'virtual_network_link_outputs',
  ],
};
