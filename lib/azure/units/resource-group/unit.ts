import { resourceGroup as module } from '../../modules/resource-group.ts';
import { eachEnvironment, placeAndTags, SHARED, type UnitSort } from '../../unit.ts';

const name = 'resource-group';

/** The resource group of an environment, and of what they share. */
export const resourceGroup: UnitSort = {
  name,
  module,
  wired: [],
  filled: [],
  list: (model) => [
    ...eachEnvironment(model, (_, path) => [
      { name, slice: { name: [...path, 'resourceGroup'], ...placeAndTags(path) }, subject: [...path, 'resourceGroup'] },
    ]),
    {
      directory: SHARED,
      name,
      slice: { name: ['registry', 'resourceGroup'], ...placeAndTags(['registry']) },
      subject: ['registry', 'resourceGroup'],
      extraInputs: ['registry', 'extraInputs'],
    },
  ],
};
