# Made once by platform-compiler from platform.config.ts of kiosk-corner/platform (environments.staging); from now on it is yours to change.
# The identity that the cluster's control plane acts with.

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

dependency "network" {
  config_path = "../network"

  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    subnets = {
      nodes = { resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock/providers/Microsoft.Network/virtualNetworks/mock/subnets/nodes" }
    }
  }
}

dependency "kubelet_identity" {
  config_path = "../kubelet-identity"

  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mock"
  }
}

inputs = merge(local.generated.inputs, {
  resource_group_name = dependency.resource_group.outputs.name

  # Adds the scope to the assignments that have none.
  role_assignments = merge(local.generated.inputs.role_assignments, {
    network = merge({ scope = dependency.network.outputs.subnets["nodes"].resource_id }, local.generated.inputs.role_assignments.network)
    kubelet = merge({ scope = dependency.kubelet_identity.outputs.resource_id }, local.generated.inputs.role_assignments.kubelet)
  })
})
