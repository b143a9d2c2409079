// The identity of a service's pods. s: { identity: Identity, location, tags }
// The issuer is the cluster's: terragrunt.hcl adds it.
function(s) {
  inputs: {
    name: s.identity.name,
    location: s.location,
    tags: s.tags,
    enable_telemetry: false,
    federated_identity_credentials: {
      kubernetes: { name: 'kubernetes', audience: ['api://AzureADTokenExchange'], subject: s.identity.subject },
    },
  },
}
