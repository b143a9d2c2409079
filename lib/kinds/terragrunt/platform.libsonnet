// What root.hcl reads. s: { state: TerraformState, tenantId }
function(s) {
  tenant_id: s.tenantId,
  state: {
    subscription_id: s.state.subscriptionId,
    resource_group: s.state.resourceGroup,
    storage_account: s.state.storageAccount,
    container: s.state.container,
  },
}
