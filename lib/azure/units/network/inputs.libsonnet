// A virtual network. s: { network: Network, location, tags }
// The keys of `subnets` are part of addresses in Terraform, and what other units refer to.
function(s) {
  inputs: {
    name: s.network.name,
    location: s.location,
    tags: s.tags,
    enable_telemetry: false,
    address_space: [s.network.addressSpace],
    subnets: {
      nodes: { name: 'nodes', address_prefixes: [s.network.nodeSubnet] },
      [if s.network.databaseSubnet != null then 'database']: {
        name: 'database',
        address_prefixes: [s.network.databaseSubnet],
        delegations: [
          { name: 'postgresql', service_delegation: { name: 'Microsoft.DBforPostgreSQL/flexibleServers' } },
        ],
        // The servers write their backups to storage.
        service_endpoints: ['Microsoft.Storage'],
      },
    },
  },
}
