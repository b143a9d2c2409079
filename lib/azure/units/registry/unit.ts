import { registry as module } from '../../modules/registry.ts';
import { having } from '../../schema.ts';
import { SHARED, type UnitSort } from '../../unit.ts';

const name = 'registry';

/**
 * The container registry that all environments share. Who may pull and push is not said here but where the identity is made: this
 * unit changes only when the registry does.
 */
export const registry: UnitSort = {
  name,
  module,
  wired: ['resource_group_name'],
  filled: [],
  constraint: having('sku', 'zone_redundancy_enabled'),
  list: () => [
    {
      directory: SHARED,
      name,
      slice: { registry: ['registry'] },
      subject: ['registry'],
      extraInputs: ['registry', 'extraInputs'],
    },
  ],
};
