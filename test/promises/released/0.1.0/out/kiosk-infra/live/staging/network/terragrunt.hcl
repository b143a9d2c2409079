# Made once by platform-compiler from platform.config.ts of kiosk-corner/platform (environments.staging); from now on it is yours to change.
# The virtual network, with the subnets for nodes and databases.

include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "tfr:///Azure/avm-res-network-virtualnetwork/azurerm?version=0.22.1"
}

# Cluster and databases are in it. To destroy it all the same, set this to false first; a plan that replaces it is not stopped.
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

inputs = merge(local.generated.inputs, {
  parent_id = dependency.resource_group.outputs.resource_id
})
