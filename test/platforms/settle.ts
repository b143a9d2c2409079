import type { PlatformInput } from '../../lib/config/schema.ts';
import { type Platform, unique } from './changeable.ts';
import { settleEnvironments } from './settle-environments.ts';
import { settleServices } from './settle-services.ts';

/**
 * Makes a drawn configuration whole: names refer to what exists, what must be unique is, limits that two fields have together hold.
 *
 * It says once more, in other words, what the compiler asks for, and changes as little as it can: so what is drawn stays varied, and what
 * shrinks stays a platform.
 */
export function settle(drawn: unknown): PlatformInput {
  // Not `structuredClone`: what was drawn of one constant would stay one object at several places.
  const platform = JSON.parse(JSON.stringify(drawn)) as Platform;
  settleRepositories(platform);
  settleEnvironments(platform);
  settleServices(platform);
  return platform as PlatformInput;
}

function settleRepositories({ gitops, infrastructure, sources, registry }: Platform): void {
  const taken = new Set<string>();
  gitops.repository = unique(gitops.repository, taken, 100);
  infrastructure.repository = unique(infrastructure.repository, taken, 100);
  // Identities that push have no dots in their names.
  const identities = new Set<string>();
  const images = new Set<string>();
  for (const [name, source] of Object.entries(sources)) {
    const itsName = unique(name, taken, 100);
    const asIdentity = itsName.replaceAll('.', '-').toLowerCase();
    if (itsName !== name) {
      delete sources[name];
      sources[itsName] = source;
    }
    if (identities.has(asIdentity)) delete sources[itsName];
    identities.add(asIdentity);
    source.images = Object.fromEntries(
      Object.entries(source.images).map(([image, value]) => [unique(image, images, 128), value]),
    );
  }
  if (registry.sku !== 'Premium') {
    delete registry.retentionDays;
    delete registry.zoneRedundant;
  }
}
