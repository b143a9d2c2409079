import type { Failure } from '../derivation.ts';
import { isContainer, lastThrown, lastThrownSite, throwSites } from './noting.ts';
import { forbidden, frozen } from './restricting.ts';

/** Part of the prelude: what is told of something thrown, without running any code of the configuration. */

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;

/** An own or inherited plain property; a getter is not called. */
export function property(value: object, name: string): unknown {
  let owner: object | null = value;
  for (let depth = 0; owner !== null && depth < 10; depth++) {
    const descriptor = getOwnPropertyDescriptor(owner, name);
    // The overridable ones of ours are getters too, and safe.
    if (descriptor)
      return 'value' in descriptor ? descriptor.value : frozen.has(owner) ? descriptor.get?.call(value) : '';
    owner = getPrototypeOf(owner);
  }
  return undefined;
}
export const clip = (value: unknown, most = 4000): string => (typeof value === 'string' ? value.slice(0, most) : '');

const outOfMemory: Failure = { name: 'InternalError', message: 'out of memory', stack: '', site: -1, forbidden: '' };

export function failureOf(error: unknown): Failure {
  if (!isContainer(error)) {
    const site = error === lastThrown ? lastThrownSite : -1;
    // What QuickJS throws when there is no memory left for an error; and what `generator.throw(null)` does, which nobody writes
    if (error === null && site === -1) return outOfMemory;
    return { name: '', message: clip(String(error)), stack: '', site, forbidden: '' };
  }
  return {
    name: clip(property(error, 'name')),
    message: clip(property(error, 'message')) || `an object without a message`,
    // Long enough for the call that began an endless recursion, which comes last
    stack: clip(property(error, 'stack'), 400_000),
    site: throwSites.get(error) ?? -1,
    forbidden: forbidden.get(error) ?? '',
  };
}
