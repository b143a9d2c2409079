# Made once by platform-compiler from platform.config.ts of ani-tech/ani-platform (environments.staging.databases.main); from now on it is yours to change.
# A PostgreSQL server, reachable from the virtual network only.
#
# Where it has an administrator who logs in with a password, that password comes from the environment of whoever runs Terragrunt, in a
# variable named after the environment and the unit, such as PROD_DATABASE_MAIN_PASSWORD. It is in no file, no plan and no state.

include "root" {
  path = find_in_parent_folders("root.hcl")
}

include "azurerm" {
  path = find_in_parent_folders("azurerm.hcl")
}

terraform {
  source = "tfr:///Azure/avm-res-dbforpostgresql-flexibleserver/azurerm?version=0.2.3"
}

# All data and their backups go with it. To destroy it all the same, set this to false first; a plan that replaces it is not stopped.
prevent_destroy = true

# The first version whose write-only arguments keep the password out of the state.
terraform_version_constraint = ">= 1.11"

locals {
  generated = jsondecode(file(mark_as_read("${get_terragrunt_dir()}/inputs.generated.json")))
  unit      = basename(get_terragrunt_dir())
  folder    = basename(dirname(get_terragrunt_dir()))
  password  = upper(replace("${local.folder}_${local.unit}_password", "/[^0-9A-Za-z]/", "_"))
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
      database = { resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock/providers/Microsoft.Network/virtualNetworks/mock/subnets/database" }
    }
  }
}

# Where the generated inputs name a zone, it is somebody else's, and the folder has no such unit.
dependency "private_dns" {
  enabled     = !can(local.generated.inputs.private_dns_zone_id)
  config_path = "../private-dns"

  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
  mock_outputs = {
    resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/mock/providers/Microsoft.Network/privateDnsZones/mock.private.postgres.database.azure.com"
  }
}

inputs = merge(local.generated.inputs, {
  administrator_password_wo = can(local.generated.inputs.administrator_login) ? get_env(local.password) : null

  resource_group_name = dependency.resource_group.outputs.name
  delegated_subnet_id = dependency.network.outputs.subnets["database"].resource_id
  private_dns_zone_id = try(local.generated.inputs.private_dns_zone_id, dependency.private_dns.outputs.resource_id)
})
