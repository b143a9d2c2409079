package secrets.random_text_test

import data.secrets.random_text

# put together here, so that no scanner takes the tests for a leak
random := concat("", ["q7Rk2mZp", "9xTf4VbN", "1sLw8YcD"])

test_a_random_value_is_found_whatever_its_name_is if {
	found := random_text.findings with input as model({"MODE": "on", "UPSTREAM": random})
	found == {{
		"path": ["services", "api", "environments", "blue", "envs", 1, "value"],
		"message": "variable `UPSTREAM` of `api` has a value in `blue` that looks drawn at random",
	}}
}

test_shorter_ones_are_found_where_they_have_signs if {
	found := random_text.findings with input as model({"UPSTREAM": concat("", ["tR!x#Lq@", "Zp&w?GvK"])})
	count(found) == 1
}

test_what_a_password_or_key_is_called_is_left_to_the_other_rule if {
	random_text.findings == set() with input as model({"API_KEY": random})
}

test_ids_and_hashes_by_their_names_pass if {
	random_text.findings == set() with input as model({
		"CLIENT_ID": random,
		"clientId": random,
		"ASSET_HASH": random,
		"NEXT_PUBLIC_KEY": random,
		"RECAPTCHA_SITE_KEY": random,
	})
}

test_public_things_by_their_beginning_pass if {
	random_text.findings == set() with input as model({
		"HOST": concat("", ["AAAAC3NzaC1lZDI1NTE5", random]),
		"STRIPE": concat("", ["pk_live_", random]),
		"SCRIPT": concat("", ["sha384-", random]),
		"FILE": concat("", ["/", random]),
	})
}

test_text_in_base64_passes if {
	random_text.findings == set() with input as model({
		"FLAGS": "eyJjaGVja291dCI6dHJ1ZSwic2VhcmNoIjoidjIifQ==",
		"BANNER": "V2VsY29tZSB0byBBY21lIQpPcmRlciBieSAz",
	})
}

test_names_and_addresses_pass if {
	random_text.findings == set() with input as model({
		"A": "acme-prod-orders.postgres.database.azure.com",
		"B": "AcmeOrdersProdEuWest1Queue",
		"C": "https://acme.example/a?B=1&c=Xy",
		"D": "0f8fad5bd9cb469fa16570867728950e0f8fad5b",
		"E": "0f8fad5b-d9cb-469f-a165-70867728950e",
		"F": "Meta-Llama-3.1-70B-Instruct-Turbo",
		"G": "q7Rk2mZp9xTf4VbN",
		"H": "ORD_R2026Q4_HF1_Bld20261125",
		"I": "H264_High_L4.2_AAC-LC",
		"J": "MG0f8fad5bd9cb469fa16570867728950e",
	})
}

test_a_random_value_is_found_beside_any_others if {
	found := random_text.findings with input as model({"A": "two words", "B": random, "C": "two words"})
	count(found) == 1
}

test_twenty_characters_are_found_and_fewer_without_signs_pass if {
	found := random_text.findings with input as model({"UPSTREAM": substring(random, 0, 20)})
	count(found) == 1
	random_text.findings == set() with input as model({"UPSTREAM": substring(random, 0, 19)})
}

test_what_lacks_one_of_the_letters_and_digits_of_random_text_passes if {
	random_text.findings == set() with input as model({
		"A": upper(random),
		"B": concat("", ["q7rk2mz9", "xt4vb1sl", "8yc3qd5r"]),
		"C": concat("", ["qRkmZpxT", "fVbNsLwY", "cDqRkmZp"]),
		"D": concat(" ", [substring(random, 0, 16), substring(random, 8, 16)]),
		"LONG": "acme-prod-orders.postgres.database.azure.com",
	})
}

test_more_than_one_mark_in_ten_characters_puts_parts_together if {
	every mark in ["-", "_", "."] {
		parts := ["q7Rk2mZp9", "xTf4VbN1", "sLw8YcDq"]
		random_text.findings == set() with input as model({"BUILD": concat(mark, array.concat(parts, ["7"]))})
		found := random_text.findings with input as model({"BUILD": concat(mark, array.concat(parts, ["7R"]))})
		count(found) == 1
	}
}

test_a_fifth_of_the_letters_in_words_makes_a_name if {
	words := concat("", ["Rxfk7", "Tbnm4", "Zswq8", "Lycd1"])
	random_text.findings == set() with input as model({"NAME": words})
	found := random_text.findings with input as model({"NAME": concat("", [words, "7"])})
	count(found) == 1
}

model(variables) := {"services": {"api": {"name": "api", "environments": {"blue": {"envs": [
{"name": name, "value": value} |
	some name, value in variables
]}}}}}
