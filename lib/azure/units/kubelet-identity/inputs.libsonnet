// The identity of a cluster's nodes. s: { cluster: name, location, tags }
// The scope is the id of the registry: terragrunt.hcl adds it.
function(s) {
  inputs: {
    name: s.cluster + '-kubelet',
    location: s.location,
    tags: s.tags,
    enable_telemetry: false,
    role_assignments: { registry: { role_definition_id_or_name: 'AcrPull' } },
  },
}
