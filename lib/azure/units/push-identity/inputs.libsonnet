// The identity that a repository's workflows push as. s: { identity: its name, pushedBy: [{ environment,
// subject }], its own only, location, tags }
// The scope is the id of the registry: terragrunt.hcl adds it.
function(s) {
  inputs: {
    name: s.identity,
    location: s.location,
    tags: s.tags,
    enable_telemetry: false,
    federated_identity_credentials: {
      [push.environment]: {
        name: 'github-' + push.environment,
        audience: ['api://AzureADTokenExchange'],
        issuer: 'https://token.actions.githubusercontent.com',
        subject: push.subject,
      }
      for push in s.pushedBy
    },
    role_assignments: { registry: { role_definition_id_or_name: 'AcrPush' } },
  },
}
