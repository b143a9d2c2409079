import { identity as module } from '../../modules/identity.ts';
import { eachEnvironment, placeAndTags, type UnitSort } from '../../unit.ts';

const name = 'kubelet-identity';

/**
 * What nodes pull images as. Its right to pull is given here, so a new environment changes nothing of the registry's unit, and no
 * environment's state is read for it.
 */
export const kubeletIdentity: UnitSort = {
  name,
  module,
  wired: ['resource_group_name'],
  filled: [['role_assignments', '*', 'scope']],
  list: (model) =>
    eachEnvironment(model, (_, path) => [
      { name, slice: { cluster: [...path, 'cluster', 'name'], ...placeAndTags(path) }, subject: [...path, 'cluster'] },
    ]),
};
