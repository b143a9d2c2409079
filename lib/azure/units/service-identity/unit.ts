import { identity as module } from '../../modules/identity.ts';
import { eachEnvironment, placeAndTags, type UnitSort } from '../../unit.ts';

/** What the pods of a service act as in Azure: they show the token of their service account, and no secret is stored. */
export const serviceIdentity: UnitSort = {
  name: 'service-identity',
  module,
  alike: true,
  wired: ['resource_group_name'],
  filled: [['federated_identity_credentials', '*', 'issuer']],
  list: (model) =>
    eachEnvironment(model, ({ identities }, path) =>
      identities.map(({ service }, index) => ({
        name: `identity-${service}`,
        slice: { identity: [...path, 'identities', index], ...placeAndTags(path) },
        subject: [...path, 'identities', index],
        service,
      })),
    ),
};
