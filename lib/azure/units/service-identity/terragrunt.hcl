# The identity that the pods of a service act with in Azure.

include "root" {
  path = find_in_parent_folders("root.hcl")
}

include "azurerm" {
  path = find_in_parent_folders("azurerm.hcl")
}

terraform {
  source = "tfr:///Azure/avm-res-managedidentity-userassignedidentity/azurerm?version=0.5.2"
}

locals {
  generated = jsondecode(file(mark_as_read("${get_terragrunt_dir()}/inputs.generated.json")))
}

dependency "resource_group" {
  config_path = "../resource-group"

  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    name = "mock"
  }
}

dependency "cluster" {
  config_path = "../cluster"

  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    oidc_issuer_profile_issuer_url = "https://mock.oic.prod-aks.azure.com/mock/"
  }
}

inputs = merge(local.generated.inputs, {
  resource_group_name = dependency.resource_group.outputs.name

  # Adds the issuer to credentials that have none.
  federated_identity_credentials = {
    for key, credential in local.generated.inputs.federated_identity_credentials :
    key => merge({ issuer = dependency.cluster.outputs.oidc_issuer_profile_issuer_url }, credential)
  }
})
