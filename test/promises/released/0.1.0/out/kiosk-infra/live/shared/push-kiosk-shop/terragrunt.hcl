# Made once by platform-compiler from platform.config.ts of kiosk-corner/platform (sources.kiosk-shop); from now on it is yours to change.
# The identity that the workflows of a source repository push images with.

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

dependency "registry" {
  config_path = "../registry"

  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock/providers/Microsoft.ContainerRegistry/registries/mock"
  }
}

inputs = merge(local.generated.inputs, {
  resource_group_name = dependency.resource_group.outputs.name

  # Adds the scope to assignments that have none.
  role_assignments = {
    for key, assignment in local.generated.inputs.role_assignments :
    key => merge({ scope = dependency.registry.outputs.resource_id }, assignment)
  }
})
