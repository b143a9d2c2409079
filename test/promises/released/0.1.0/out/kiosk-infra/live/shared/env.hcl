# Made once by platform-compiler from platform.config.ts of kiosk-corner/platform (registry); from now on it is yours to change.
# What the units of this folder have in common. Units that people add may use it: all of them read it through root.hcl.

locals {
  generated = jsondecode(file(mark_as_read("${get_terragrunt_dir()}/env.generated.json")))

  subscription_id = local.generated.subscription_id
  tenant_id       = local.generated.tenant_id
  location        = local.generated.location
  tags            = local.generated.tags
}
