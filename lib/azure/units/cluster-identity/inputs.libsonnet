// The identity of a cluster's control plane. s: { cluster: name, location, tags }
// Scopes are ids that other units put out: terragrunt.hcl adds them.
function(s) {
  inputs: {
    name: s.cluster + '-control-plane',
    location: s.location,
    tags: s.tags,
    enable_telemetry: false,
    role_assignments: {
      // Joins nodes and load balancers to the subnet.
      network: { role_definition_id_or_name: 'Network Contributor' },
      // Gives the nodes their identity.
      kubelet: { role_definition_id_or_name: 'Managed Identity Operator' },
    },
  },
}
