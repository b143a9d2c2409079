import { network as module } from '../../modules/network.ts';
import { eachEnvironment, placeAndTags, type UnitSort } from '../../unit.ts';

const name = 'network';

/** The virtual network of an environment: a subnet for nodes, and one that the database service has to itself. */
export const network: UnitSort = {
  name,
  module,
  wired: ['parent_id'],
  filled: [],
  list: (model) =>
    eachEnvironment(model, (_, path) => [
      { name, slice: { network: [...path, 'network'], ...placeAndTags(path) }, subject: [...path, 'network'] },
    ]),
};
