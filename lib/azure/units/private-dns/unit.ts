import { privateDnsZone as module } from '../../modules/private-dns-zone.ts';
import { having } from '../../schema.ts';
import { eachEnvironment, type UnitSort } from '../../unit.ts';

const name = 'private-dns';

/**
 * The zone that Azure names an environment's databases in, and its link to the network, without which nothing there finds them. Whose
 * zone is made elsewhere has no such unit: its link is made there as well.
 */
export const privateDns: UnitSort = {
  name,
  module,
  wired: ['parent_id'],
  filled: [['virtual_network_links', '*', 'virtual_network_id']],
  constraint: {
    type: 'object',
    properties: {
      // In no other zone does Azure name PostgreSQL servers.
      domain_name: { type: 'string', pattern: '\\.postgres\\.database\\.azure\\.com$' },
      virtual_network_links: { type: 'object', additionalProperties: having('name') },
    },
    allOf: [having('virtual_network_links')],
  },
  list: (model) =>
    eachEnvironment(model, ({ network }, path) =>
      network.privateDnsZone === null
        ? []
        : [
            {
              name,
              slice: { network: [...path, 'network'], tags: [...path, 'tags'] },
              subject: [...path, 'network'],
            },
          ],
    ),
};
