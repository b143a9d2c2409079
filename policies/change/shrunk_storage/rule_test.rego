package change.shrunk_storage_test

import data.change.shrunk_storage

test_more_storage_passes if {
	shrunk_storage.findings == set() with input as change({"storageMb": 65536}, {"storageMb": 131072})
	shrunk_storage.findings == set() with input as change({"storageMb": 65536}, {"storageMb": 65536})
}

test_less_is_found_at_it if {
	found := shrunk_storage.findings with input as change({"storageMb": 131072}, {"storageMb": 65536})
	found == {{
		"path": ["environments", "blue", "databases", "orders", "storageMb"],
		"message": "storage of database `orders` of `blue` was 128 GiB and is 64 GiB",
	}}
}

test_nothing_before_passes if {
	shrunk_storage.findings == set() with input as change({}, {"storageMb": 65536})
	shrunk_storage.findings == set() with input as {"before": {}, "after": change({}, {"storageMb": 1}).after}
}

change(before, after) := {
	"before": {"environments": {"blue": {"databases": {"orders": before}}}},
	"after": {"environments": {"blue": {"databases": {"orders": after}}}},
}
