# METADATA
# title: Kubernetes quantities as whole numbers
# description: read digit by digit, because floating-point numbers need not be equal in OPA and in
#   wasm
package lib.quantity

# METADATA
# title: Thousandths of a core
# description: "`250m` is 250, `0.5` is 500, `2` is 2000"
millicores(text) := to_number(trim_suffix(text, "m")) if endswith(text, "m")

else := thousandths(text)

# METADATA
# title: Bytes, rounded up
# description: "`256Mi` is 268435456, `1.5k` is 1500"
bytes(text) := ceil((thousandths(trim_suffix(text, unit)) * factor) / 1000) if {
	some unit, factor in factors
	endswith(text, unit)
}

else := thousandths(text) / 1000

# METADATA
# title: Bytes of one MiB
mib := 1048576

factors := {
	"Ki": 1024,
	"Mi": 1048576,
	"Gi": 1073741824,
	"Ti": 1099511627776,
	"k": 1000,
	"M": 1000000,
	"G": 1000000000,
	"T": 1000000000000,
}

# digits after the third say nothing: both quantities are written with at most three
thousandths(text) := (to_number(whole) * 1000) + to_number(substring(concat("", [fraction, "000"]), 0, 3)) if {
	[whole, fraction] := split(text, ".")
}

else := to_number(text) * 1000
