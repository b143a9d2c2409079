import { identity as module } from '../../modules/identity.ts';
import { placeAndTags, SHARED, type UnitSort } from '../../unit.ts';

/**
 * What the workflows of a source repository push images as: they show the token that GitHub gives the job, one credential for each
 * environment, and no secret is stored.
 */
export const pushIdentity: UnitSort = {
  name: 'push-identity',
  module,
  wired: ['resource_group_name'],
  filled: [['role_assignments', '*', 'scope']],
  // Azure's limit of credentials for an identity.
  constraint: { type: 'object', properties: { federated_identity_credentials: { type: 'object', maxProperties: 20 } } },
  list: ({ registry }) =>
    [...new Set(registry.pushedBy.map(({ repository }) => repository))].map((repository) => {
      const first = registry.pushedBy.findIndex((push) => push.repository === repository);
      return {
        directory: SHARED,
        name: `push-${repository}`,
        slice: {
          identity: ['registry', 'pushedBy', first, 'identity'],
          repository: ['registry', 'pushedBy', first, 'repository'],
          pushedBy: ['registry', 'pushedBy'],
          ...placeAndTags(['registry']),
        },
        subject: ['registry', 'pushedBy', first],
        extraInputs: ['registry', 'extraInputs'],
      };
    }),
};
