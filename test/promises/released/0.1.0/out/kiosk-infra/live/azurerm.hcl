# Made once by platform-compiler from platform.config.ts of kiosk-corner/platform; from now on it is yours to change.
# For units whose module uses the provider azurerm as well, which wants a configuration even where it says nothing new. A module
# without it must not have one: Terraform would fetch the provider for it.

locals {
  environment = read_terragrunt_config(find_in_parent_folders("env.hcl")).locals
}

generate "azurerm" {
  path      = "azurerm.generated.tf"
  if_exists = "overwrite_terragrunt"
  contents  = <<-EOT
    provider "azurerm" {
      subscription_id = ${jsonencode(local.environment.subscription_id)}
      tenant_id       = ${jsonencode(local.environment.tenant_id)}
      features {}
    }
  EOT
}
