# Made once by platform-compiler from platform.config.ts of kiosk-corner/platform; from now on it is yours to change.
# What all units have in common: where their state is, and whose resources the provider azapi makes.

locals {
  platform    = jsondecode(file(mark_as_read("${get_parent_terragrunt_dir()}/platform.generated.json")))
  environment = read_terragrunt_config(find_in_parent_folders("env.hcl")).locals
}

# The storage account is made by hand. A unit's folder is its key: whoever renames the folder moves the state along.
remote_state {
  backend = "azurerm"
  generate = {
    path      = "backend.generated.tf"
    if_exists = "overwrite_terragrunt"
  }
  config = {
    tenant_id            = local.platform.tenant_id
    subscription_id      = local.platform.state.subscription_id
    resource_group_name  = local.platform.state.resource_group
    storage_account_name = local.platform.state.storage_account
    container_name       = local.platform.state.container
    key                  = "${path_relative_to_include()}/terraform.tfstate"
    use_azuread_auth     = true
  }
}

# Said here, so that nobody's ARM_SUBSCRIPTION_ID sends one environment's resources to another's subscription.
generate "azapi" {
  path      = "azapi.generated.tf"
  if_exists = "overwrite_terragrunt"
  contents  = <<-EOT
    provider "azapi" {
      subscription_id = ${jsonencode(local.environment.subscription_id)}
      tenant_id       = ${jsonencode(local.environment.tenant_id)}
    }
  EOT
}
