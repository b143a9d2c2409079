// The zone that names the databases. s: { network: Network, tags }
// The network's id is what another unit puts out: terragrunt.hcl adds it.
function(s) {
  inputs: {
    domain_name: s.network.privateDnsZone,
    tags: s.tags,
    enable_telemetry: false,
    virtual_network_links: { network: { name: s.network.name } },
  },
}
