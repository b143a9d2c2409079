import type { Platform } from './config/types.ts';

export type { ServicePart } from './config/types.ts';

/**
 * All that `platform.config.ts` imports. It is bundled into the sandbox with the configuration, so it holds no more than this.
 */

/**
 * Describes a platform. Does nothing but check, while you type, that every name refers to something that exists.
 *
 * @returns the platform as it was given
 */
export function definePlatform<
  const Pools,
  const Databases,
  const Images,
  const Secret extends string,
  const Preset extends string,
  const Service extends string,
>(platform: Platform<Pools, Databases, Images, Secret, Preset, Service>): typeof platform {
  return platform;
}
