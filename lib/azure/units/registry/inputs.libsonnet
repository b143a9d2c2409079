// The container registry. s: { registry: Registry }
function(s) {
  inputs: {
    name: s.registry.name,
    location: s.registry.location,
    tags: s.registry.tags,
    enable_telemetry: false,
    sku: s.registry.sku,
    // Without it the module asks for redundancy, which the plan refuses for all tiers but Premium.
    zone_redundancy_enabled: s.registry.zoneRedundant,
    retention_policy_in_days: s.registry.retentionDays,
    admin_enabled: false,
    anonymous_pull_enabled: false,
    // GitHub's runners push from anywhere; who they are is what counts.
    public_network_access_enabled: true,
    // The roles AcrPull and AcrPush work in this mode only.
    role_assignment_mode: 'LegacyRegistryPermissions',
  },
}
