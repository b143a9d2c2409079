// A manifest of no service, as the configuration has it. s: { manifest }
function(s) s.manifest
