import type { Path } from '../../../finding/finding.ts';
import { identity as module } from '../../modules/identity.ts';
import { placeAndTags, SHARED, type UnitSort } from '../../unit.ts';

/**
 * What the workflows of a source repository push images as: they show the token that GitHub gives the job, one credential for each
 * environment, and no secret is stored.
 */
export const pushIdentity: UnitSort = {
  name: 'push-identity',
  module,
  alike: true,
  wired: ['resource_group_name'],
  filled: [['role_assignments', '*', 'scope']],
  // Azure's limit of credentials for an identity.
  constraint: { type: 'object', properties: { federated_identity_credentials: { type: 'object', maxProperties: 20 } } },
  list: ({ registry }) => {
    const pushes = new Map<string, Path[]>();
    for (const [index, { repository }] of registry.pushedBy.entries()) {
      const path: Path = ['registry', 'pushedBy', index];
      const known = pushes.get(repository);
      if (known) known.push(path);
      else pushes.set(repository, [path]);
    }
    return [...pushes].map(([repository, paths]) => {
      const [first = []] = paths;
      return {
        directory: SHARED,
        name: `push-${repository}`,
        slice: { identity: [...first, 'identity'], pushedBy: { each: paths }, ...placeAndTags(['registry']) },
        subject: first,
        extraInputs: ['registry', 'extraInputs'],
      };
    });
  },
};
