// A PostgreSQL flexible server. s: { database: Database, privateDnsZoneId, tenantId, location, tags }
function(s) {
  inputs: {
    name: s.database.server,
    location: s.location,
    tags: s.tags,
    enable_telemetry: false,
    server_version: s.database.version,
    sku_name: s.database.size,
    storage_mb: s.database.storageMb,
    // A disk that grew by itself would be larger than storage_mb: the next plan would make a new server.
    auto_grow_enabled: false,
    backup_retention_days: s.database.backupRetentionDays,
    geo_redundant_backup_enabled: s.database.geoRedundantBackup,
    // null is meant: without it the module asks for two zones.
    high_availability: if s.database.highAvailability == null then null else { mode: s.database.highAvailability },
    authentication: {
      active_directory_auth_enabled: true,
      password_auth_enabled: s.database.login != null,
      tenant_id: s.tenantId,
    },
    // terragrunt.hcl adds the password itself, which is in no file.
    [if s.database.login != null then 'administrator_login']: s.database.login.user,
    [if s.database.login != null then 'administrator_password_wo_version']: std.toString(s.database.login.passwordVersion),
    databases: { [name]: { name: name, charset: 'UTF8', collation: 'en_US.utf8' } for name in s.database.databases },
    public_network_access_enabled: false,
    // Else the zone is a unit's: terragrunt.hcl adds its id.
    [if s.privateDnsZoneId != null then 'private_dns_zone_id']: s.privateDnsZoneId,
    // Empty is meant: without it the module lets the whole internet in.
    firewall_rules: {},
  },
}
