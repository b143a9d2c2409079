# METADATA
# title: Production stays production
# description: every rule that guards production is silent about an environment of another tier,
#   from this change on and for all that follow, while customers use it as before
# custom:
#   severity: error
#   scope: change
#   remedy: take it back; an environment that no customer uses any more may waive this rule
package change.lowered_tier

import data.lib.changes

findings contains finding if {
	some name, both in changes.environments
	both.before.tier == "production"
	both.after.tier != "production"

	finding := {
		"path": ["environments", name, "tier"],
		"message": $"`{name}` was a production environment and is one of tier {both.after.tier}",
	}
}
