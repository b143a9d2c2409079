package lib.quantity_test

import data.lib.quantity

test_cpu_is_read_as_thousandths_of_a_core if {
	{text: quantity.millicores(text) | some text in ["250m", "0.5", "0.05", "0.125", "2", "1.25"]} == {
		"250m": 250,
		"0.5": 500,
		"0.05": 50,
		"0.125": 125,
		"2": 2000,
		"1.25": 1250,
	}
}

test_thousandths_are_exact if {
	wrong := {text |
		some thousandths in numbers.range(1, 999)
		text := sprintf("1.%03d", [thousandths])
		quantity.millicores(text) != 1000 + thousandths
	}
	wrong == set()
}

test_mib_is_the_unit_mi if {
	quantity.mib == quantity.bytes("1Mi")
}

test_memory_is_read_as_bytes if {
	{text: quantity.bytes(text) | some text in ["1000", "1Ki", "256Mi", "2Gi", "1Ti", "1.5k", "5M", "5G", "1T"]} == {
		"1000": 1000,
		"1Ki": 1024,
		"256Mi": 268435456,
		"2Gi": 2147483648,
		"1Ti": 1099511627776,
		"1.5k": 1500,
		"5M": 5000000,
		"5G": 5000000000,
		"1T": 1000000000000,
	}
}

test_a_part_of_a_byte_is_a_byte if {
	quantity.bytes("1.1Gi") == 1181116007
}

test_text_that_is_no_quantity_has_no_number if {
	not quantity.millicores("much")
	not quantity.bytes("much")
}
