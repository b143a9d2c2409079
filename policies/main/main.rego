# METADATA
# description: what Conftest asks for, of all rules that read the model; made by `npm run policies`
package main

deny contains told(rule, finding) if {
	some rule, findings in denied
	some finding in findings
}

warn contains told(rule, finding) if {
	some rule, findings in warned
	some finding in findings
}

told(rule, finding) := object.union({"rule": rule, "msg": concat(": ", [rule, finding.message])}, finding)

denied["databases/production_backup"] := data.databases.production_backup.findings

denied["delivery/mutable_tag"] := data.delivery.mutable_tag.findings

denied["isolation/foreign_address"] := data.isolation.foreign_address.findings

denied["isolation/foreign_manifest"] := data.isolation.foreign_manifest.findings

denied["isolation/repeated_manifest"] := data.isolation.repeated_manifest.findings

denied["isolation/shared_ciphertext"] := data.isolation.shared_ciphertext.findings

denied["network/host_outside_domain"] := data.network.host_outside_domain.findings

denied["network/host_taken"] := data.network.host_taken.findings

denied["secrets/plain_credential"] := data.secrets.plain_credential.findings

denied["secrets/plain_manifest"] := data.secrets.plain_manifest.findings

denied["services/blocked_drain"] := data.services.blocked_drain.findings

denied["services/fits_pool"] := data.services.fits_pool.findings

denied["services/impossible_schedule"] := data.services.impossible_schedule.findings

denied["services/missing_readiness"] := data.services.missing_readiness.findings

denied["services/overridden_value"] := data.services.overridden_value.findings

denied["services/shared_disk"] := data.services.shared_disk.findings

denied["services/single_replica"] := data.services.single_replica.findings

denied["upgrades/untried_version"] := data.upgrades.untried_version.findings

warned["capacity/idle_autoscaling"] := data.capacity.idle_autoscaling.findings

warned["capacity/idle_pool"] := data.capacity.idle_pool.findings

warned["capacity/memory_volume"] := data.capacity.memory_volume.findings

warned["capacity/node_disk"] := data.capacity.node_disk.findings

warned["capacity/node_loss"] := data.capacity.node_loss.findings

warned["capacity/overcommitted_memory"] := data.capacity.overcommitted_memory.findings

warned["capacity/pool_overcommit"] := data.capacity.pool_overcommit.findings

warned["capacity/single_zone"] := data.capacity.single_zone.findings

warned["capacity/small_system_pool"] := data.capacity.small_system_pool.findings

warned["capacity/unknown_size"] := data.capacity.unknown_size.findings

warned["capacity/unreachable_target"] := data.capacity.unreachable_target.findings

warned["capacity/zone_loss"] := data.capacity.zone_loss.findings

warned["databases/burstable_production"] := data.databases.burstable_production.findings

warned["databases/same_zone"] := data.databases.same_zone.findings

warned["databases/unencrypted_connection"] := data.databases.unencrypted_connection.findings

warned["databases/unused"] := data.databases.unused.findings

warned["delivery/moving_revision"] := data.delivery.moving_revision.findings

warned["delivery/moving_runner"] := data.delivery.moving_runner.findings

warned["delivery/public_image"] := data.delivery.public_image.findings

warned["isolation/shared_administrators"] := data.isolation.shared_administrators.findings

warned["isolation/shared_subscription"] := data.isolation.shared_subscription.findings

warned["isolation/untested_branch"] := data.isolation.untested_branch.findings

warned["network/any_source"] := data.network.any_source.findings

warned["network/missing_tls"] := data.network.missing_tls.findings

warned["network/open_api"] := data.network.open_api.findings

warned["network/overlapping_ranges"] := data.network.overlapping_ranges.findings

warned["network/public_service"] := data.network.public_service.findings

warned["network/snippet_annotation"] := data.network.snippet_annotation.findings

warned["network/wildcard_host"] := data.network.wildcard_host.findings

warned["secrets/argument_secret"] := data.secrets.argument_secret.findings

warned["secrets/random_text"] := data.secrets.random_text.findings

warned["secrets/wide_scope"] := data.secrets.wide_scope.findings

warned["services/abrupt_stop"] := data.services.abrupt_stop.findings

warned["services/added_capability"] := data.services.added_capability.findings

warned["services/calls_stopped"] := data.services.calls_stopped.findings

warned["services/eager_liveness"] := data.services.eager_liveness.findings

warned["services/exposed_token"] := data.services.exposed_token.findings

warned["services/liveness_like_readiness"] := data.services.liveness_like_readiness.findings

warned["services/long_release"] := data.services.long_release.findings

warned["services/no_history"] := data.services.no_history.findings

warned["services/overlapping_schedule"] := data.services.overlapping_schedule.findings

warned["services/privileged_manifest"] := data.services.privileged_manifest.findings

warned["services/repeated_migration"] := data.services.repeated_migration.findings

warned["services/root_user"] := data.services.root_user.findings

warned["services/stopped_public"] := data.services.stopped_public.findings

warned["services/suspended_job"] := data.services.suspended_job.findings

warned["services/unchecked_worker"] := data.services.unchecked_worker.findings

warned["services/unlimited_manifest"] := data.services.unlimited_manifest.findings

warned["services/unspread"] := data.services.unspread.findings

warned["services/writable_root"] := data.services.writable_root.findings

warned["upgrades/free_tier"] := data.upgrades.free_tier.findings

warned["upgrades/left_behind"] := data.upgrades.left_behind.findings

warned["upgrades/same_window"] := data.upgrades.same_window.findings

warned["upgrades/working_hours"] := data.upgrades.working_hours.findings
