// What env.hcl reads. s: { subscriptionId, tenantId, location, tags }
function(s) {
  subscription_id: s.subscriptionId,
  tenant_id: s.tenantId,
  location: s.location,
  tags: s.tags,
}
