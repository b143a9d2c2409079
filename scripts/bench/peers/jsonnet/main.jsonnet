local documents = import 'documents.libsonnet';
local services = import 'services.json';
{
  [s.name + '.' + name + '.json']: made[name]
  for s in services
  for made in [documents(s)]
  for name in ['values', 'image', 'application']
}
