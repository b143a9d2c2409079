# Made once by platform-compiler from platform.config.ts of kiosk-corner/platform (registry); from now on it is yours to change.
# The container registry that all environments share.

include "root" {
  path = find_in_parent_folders("root.hcl")
}

include "azurerm" {
  path = find_in_parent_folders("azurerm.hcl")
}

terraform {
  source = "tfr:///Azure/avm-res-containerregistry-registry/azurerm?version=0.8.0"
}

# All images go with it. To destroy it all the same, set this to false first; a plan that replaces it is not stopped.
prevent_destroy = true

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

inputs = merge(local.generated.inputs, {
  resource_group_name = dependency.resource_group.outputs.name
})
