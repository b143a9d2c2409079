# Made once by platform-compiler from platform.config.ts of kiosk-corner/platform (environments.staging.resourceGroup); from now on it is yours to change.
# A resource group.

include "root" {
  path = find_in_parent_folders("root.hcl")
}

terraform {
  source = "tfr:///Azure/avm-res-resources-resourcegroup/azurerm?version=0.4.0"
}

# Everything in it goes with it. To destroy it all the same, set this to false first; a plan that replaces it is not stopped.
prevent_destroy = true

locals {
  generated = jsondecode(file(mark_as_read("${get_terragrunt_dir()}/inputs.generated.json")))
}

inputs = local.generated.inputs
