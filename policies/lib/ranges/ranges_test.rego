package lib.ranges_test

import data.lib.ranges

test_a_range_overlaps_itself_and_what_lies_in_it if {
	every pair in [
		["10.0.0.0/8", "10.0.0.0/8"],
		["10.0.0.0/8", "10.255.255.255/32"],
		["10.20.8.0/24", "10.20.0.0/16"],
		["0.0.0.0/0", "203.0.113.0/24"],
		["192.0.2.7/32", "192.0.2.7/32"],
		["010.000.0.0/08", "10.1.0.0/16"],
	] {
		ranges.overlap(pair[0], pair[1])
	}
}

test_ranges_beside_each_other_do_not_overlap if {
	every pair in [
		["10.0.0.0/16", "10.1.0.0/16"],
		["10.0.0.0/25", "10.0.0.128/25"],
		["192.0.2.7/32", "192.0.2.6/32"],
		["100.64.0.0/13", "100.72.0.0/13"],
	] {
		not ranges.overlap(pair[0], pair[1])
	}
}

test_only_the_whole_internet_is_everywhere if {
	ranges.is_everywhere("0.0.0.0/0")
	not ranges.is_everywhere("10.0.0.0/8")
	not ranges.is_everywhere("10.0.0.0/10")
}

test_a_range_covers_itself_and_what_lies_in_it if {
	ranges.covers("10.0.0.0/8", "10.0.0.0/8")
	ranges.covers("10.0.0.0/8", "10.20.0.0/16")
	not ranges.covers("10.20.0.0/16", "10.0.0.0/8")
	not ranges.covers("10.20.0.0/16", "10.21.0.0/16")
}
