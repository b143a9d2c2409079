# Made once by platform-compiler from platform.config.ts of ani-tech/ani-platform (environments.prod); from now on it is yours to change.
# The private DNS zone that names the databases, and its link to the virtual network.

include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "tfr:///Azure/avm-res-network-privatednszone/azurerm?version=0.5.0"
}

# Without it no service finds a database. To destroy it all the same, set this to false first; a plan that replaces it is not stopped.
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
    resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock/providers/Microsoft.Network/virtualNetworks/mock"
  }
}

inputs = merge(local.generated.inputs, {
  parent_id = dependency.resource_group.outputs.resource_id

  # Adds the network to links that have none.
  virtual_network_links = {
    for key, link in local.generated.inputs.virtual_network_links :
    key => merge({ virtual_network_id = dependency.network.outputs.resource_id }, link)
  }
})
