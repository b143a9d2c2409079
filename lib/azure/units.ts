import type { UnitSort } from './unit.ts';
import { cluster } from './units/cluster/unit.ts';
import { clusterIdentity } from './units/cluster-identity/unit.ts';
import { database } from './units/database/unit.ts';
import { kubeletIdentity } from './units/kubelet-identity/unit.ts';
import { network } from './units/network/unit.ts';
import { privateDns } from './units/private-dns/unit.ts';
import { pushIdentity } from './units/push-identity/unit.ts';
import { registry } from './units/registry/unit.ts';
import { resourceGroup } from './units/resource-group/unit.ts';
import { serviceIdentity } from './units/service-identity/unit.ts';

/** Every sort of unit: its inputs and its `terragrunt.hcl` follow from this line. */
export const unitSorts: readonly UnitSort[] = [
  resourceGroup,
  registry,
  pushIdentity,
  network,
  privateDns,
  kubeletIdentity,
  clusterIdentity,
  cluster,
  database,
  serviceIdentity,
];
