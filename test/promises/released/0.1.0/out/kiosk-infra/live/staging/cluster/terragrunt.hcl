# Made once by platform-compiler from platform.config.ts of kiosk-corner/platform (environments.staging); from now on it is yours to change.
# The AKS cluster with its node pools.

include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "tfr:///Azure/avm-res-containerservice-managedcluster/azurerm?version=0.8.1"
}

# All that runs goes with it. To destroy it all the same, set this to false first; a plan that replaces it is not stopped.
prevent_destroy = true

locals {
  generated = jsondecode(file(mark_as_read("${get_terragrunt_dir()}/inputs.generated.json")))
}

dependency "resource_group" {
  config_path = "../resource-group"

  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock"
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

dependency "cluster_identity" {
  config_path = "../cluster-identity"

  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mock"
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
  parent_id = dependency.resource_group.outputs.resource_id

  managed_identities = {
    user_assigned_resource_ids = [dependency.cluster_identity.outputs.resource_id]
  }
  identity_profile = {
    kubeletidentity = { resource_id = dependency.kubelet_identity.outputs.resource_id }
  }

  # Adds the subnet to pools that have none.
  default_agent_pool = merge(
    { vnet_subnet_id = dependency.network.outputs.subnets["nodes"].resource_id },
    local.generated.inputs.default_agent_pool,
  )
  agent_pools = {
    for key, pool in local.generated.inputs.agent_pools :
    key => merge({ vnet_subnet_id = dependency.network.outputs.subnets["nodes"].resource_id }, pool)
  }
})
