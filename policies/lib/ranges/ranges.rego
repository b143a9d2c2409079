# METADATA
# title: Ranges of addresses
# description: CIDR ranges of IPv4 as numbers, so that rules can compare them
package lib.ranges

# METADATA
# title: Whether two ranges have an address in common
# description: of two ranges of CIDR, one is then inside of the other
# scope: document
overlap(one, other) if {
	size := max({size_of(one), size_of(other)})
	floor(first_of(one) / size) == floor(first_of(other) / size)
}

# METADATA
# title: Whether a range has every address of another
# scope: document
covers(wide, narrow) if {
	overlap(wide, narrow)
	size_of(wide) >= size_of(narrow)
}

# METADATA
# title: Whether a range is the whole internet
# description: half of it is not, and nobody writes that
# scope: document
is_everywhere(range) if endswith(range, "/0")

first_of(range) := sum([value |
	some index, byte in split(split(range, "/")[0], ".")
	value := number(byte) * weights[index]
])

size_of(range) := product([2 | some _ in numbers.range(1, 32 - prefix)]) if {
	prefix := number(split(range, "/")[1])
	prefix < 32
}

size_of(range) := 1 if endswith(range, "/32")

# `010` is no number of JSON
number(digits) := to_number($"1{digits}") - [1, 10, 100, 1000][count(digits)]

weights := [16777216, 65536, 256, 1]
