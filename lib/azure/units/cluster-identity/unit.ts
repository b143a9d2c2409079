import { identity as module } from '../../modules/identity.ts';
import { eachEnvironment, placeAndTags, type UnitSort } from '../../unit.ts';

const name = 'cluster-identity';

/**
 * What the cluster's control plane acts as. Not the identity that Azure would make with the cluster: that one could get its rights
 * on the subnet only after nodes wanted to join it.
 */
export const clusterIdentity: UnitSort = {
  name,
  module,
  wired: ['resource_group_name'],
  filled: [['role_assignments', '*', 'scope']],
  list: (model) =>
    eachEnvironment(model, (_, path) => [
      { name, slice: { cluster: [...path, 'cluster', 'name'], ...placeAndTags(path) }, subject: [...path, 'cluster'] },
    ]),
};
