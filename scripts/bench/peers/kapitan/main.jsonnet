local documents = import 'components/documents.libsonnet';
local kapitan = import 'lib/kapitan.libjsonnet';
documents(kapitan.inventory().parameters.service)
