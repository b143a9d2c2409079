import type { Model } from '../model/model.ts';
import type { Scope } from './lock.ts';

/**
 * Cuts the model into what the rules of a scope are given at once: at least one slice, so that a platform without services is judged.
 *
 * @param size services in a slice of scope `service`
 */
export function* slices(model: Model, scope: Scope, size: number): Generator<Model> {
  switch (scope) {
    case 'platform':
      yield { ...model, services: {} };
      return;
    case 'environment':
      for (const [name, environment] of Object.entries(model.environments)) {
        yield { ...model, environments: { [name]: environment }, services: servicesIn(model, name) };
      }
      return;
    case 'service': {
      const services = Object.entries(model.services);
      for (let start = 0; start === 0 || start < services.length; start += size) {
        yield { ...model, services: Object.fromEntries(services.slice(start, start + size)) };
      }
    }
  }
}

function servicesIn(model: Model, environment: string): Model['services'] {
  const services: [string, Model['services'][string]][] = [];
  for (const [key, { name, environments }] of Object.entries(model.services)) {
    const service = Object.hasOwn(environments, environment) ? environments[environment] : undefined;
    if (service) services.push([key, { name, environments: { [environment]: service } }]);
  }
  return Object.fromEntries(services);
}
