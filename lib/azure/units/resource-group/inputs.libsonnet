// A resource group. s: { name, location, tags }
function(s) {
  inputs: {
    name: s.name,
    location: s.location,
    tags: s.tags,
    enable_telemetry: false,
  },
}
