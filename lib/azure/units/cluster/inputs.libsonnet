// An AKS cluster with its node pools. s: { cluster: Cluster, network: Network, tenantId, location, tags }

// A fixed pool has a count; one that scales by itself has limits and no count, which would undo what the autoscaler did.
local scaling(scaling) =
  if scaling.kind == 'fixed'
  then { count_of: scaling.count }
  else { enable_auto_scaling: true, min_count: scaling.min, max_count: scaling.max };

local pool(p) = scaling(p.scaling) {
  name: p.azureName,
  mode: p.mode,
  vm_size: p.size,
  [if std.length(p.zones) > 0 then 'availability_zones']: p.zones,
  max_pods: p.maxPods,
  os_disk_size_gb: p.osDiskGb,
  // Every size has it; the other one needs a temporary disk that is large enough.
  os_disk_type: 'Managed',
  os_sku: 'Ubuntu',
  node_labels: p.labels,
  node_taints: p.taints,
  // Without a surge node an upgrade has nowhere to move pods to.
  upgrade_settings: { max_surge: '10%' },
};

// Both sorts of upgrade drain nodes, so they have one time; the names are Azure's.
local schedules = ['aksManagedAutoUpgradeSchedule', 'aksManagedNodeOSUpgradeSchedule'];

local window(m) = {
  schedule: { weekly: { day_of_week: m.day, interval_weeks: 1 } },
  start_time: m.startTime,
  utc_offset: m.utcOffset,
  duration_hours: m.durationHours,
};

function(s) {
  inputs: {
    name: s.cluster.name,
    location: s.location,
    tags: s.tags,
    enable_telemetry: false,
    dns_prefix: s.cluster.dnsPrefix,
    sku: { name: 'Base', tier: s.cluster.tier },
    kubernetes_version: s.cluster.kubernetesVersion,
    // The version above is a minor one: Azure picks the patch.
    auto_upgrade_profile: { upgrade_channel: 'patch', node_os_upgrade_channel: 'NodeImage' },
    // Azure begins upgrades at no other time, but for urgent ones.
    maintenanceconfiguration: {
      [name]: { name: name, maintenance_window: window(s.cluster.maintenance) }
      for name in schedules
    },
    default_agent_pool: pool(s.cluster.pools[s.cluster.systemPool]),
    // The keys are part of addresses in Terraform: another key is another pool.
    agent_pools: {
      [p.name]: pool(p) { os_type: 'Linux' }
      for p in std.objectValues(s.cluster.pools)
      if p.name != s.cluster.systemPool
    },
    // A pool made anew before the old one goes has another name, and services ask for their pool by its name.
    create_agentpools_before_destroy: false,
    network_profile: {
      network_plugin: 'azure',
      network_plugin_mode: 'overlay',
      network_dataplane: 'cilium',
      network_policy: 'cilium',
      load_balancer_sku: 'standard',
      outbound_type: 'loadBalancer',
      pod_cidr: s.network.podRange,
      service_cidr: s.network.serviceRange,
      dns_service_ip: s.network.dnsServiceIp,
    },
    // Pods act as Azure identities without stored secrets.
    oidc_issuer_profile: { enabled: true },
    security_profile: { workload_identity: { enabled: true } },
    // People come in through Entra ID, and in no other way.
    enable_rbac: true,
    disable_local_accounts: true,
    aad_profile: {
      managed: true,
      enable_azure_rbac: true,
      tenant_id: s.tenantId,
      admin_group_object_ids: s.cluster.adminGroups,
    },
    [if std.length(s.cluster.authorizedRanges) > 0 then 'api_server_access_profile']: {
      authorized_ip_ranges: s.cluster.authorizedRanges,
    },
  },
}
