import type { JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Environment, Model } from '../model/model.ts';
import type { ModelScope } from './lock.ts';

/**
 * Cuts the model into what the rules of a scope are given at once: at least one slice, so that a platform without services is judged.
 *
 * @param size services in a slice of scope `service`
 */
export function* slices(model: Model, scope: ModelScope, size: number): Generator<Model> {
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
      const rest = withoutLists(model);
      for (let start = 0; start === 0 || start < services.length; start += size) {
        yield { ...rest, services: Object.fromEntries(services.slice(start, start + size)) };
      }
    }
  }
}

/**
 * The model without what grows with the services and no rule of one service reads: each slice has all that is left, and of 10,000
 * services in 50 slices these lists were 500 MB. A test holds that no such rule names them.
 */
export function withoutLists(model: Model): Model {
  const environments = Object.entries(model.environments).map(([name, environment]): [string, Environment] => [
    name,
    { ...environment, services: [], identities: [], delivery: { ...environment.delivery, updates: [] } },
  ]);
  return {
    ...model,
    registry: { ...model.registry, pushedBy: [] },
    sources: {},
    environments: Object.fromEntries(environments),
  };
}

/**
 * The model before and after a change, with some of the services of either. Before is a model of some release, so nothing is known of it
 * but that it is an object.
 */
export function* changes(
  before: JsonObject,
  after: Model,
  size: number,
): Generator<{ before: JsonObject; after: Model }> {
  const was = isObject(before.services) ? before.services : {};
  const names = [...new Set([...Object.keys(was), ...Object.keys(after.services)])].sort();
  const rest = withoutLists(after);
  for (let start = 0; start === 0 || start < names.length; start += size) {
    const chosen = names.slice(start, start + size);
    yield {
      before: { ...before, services: only(was, chosen) as JsonObject },
      after: { ...rest, services: only(after.services, chosen) },
    };
  }
}

function only<Value>(map: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(map, name) ? [[name, map[name] as Value]] : [])));
}

function servicesIn(model: Model, environment: string): Model['services'] {
  const services: [string, Model['services'][string]][] = [];
  for (const [key, { name, environments }] of Object.entries(model.services)) {
    const service = Object.hasOwn(environments, environment) ? environments[environment] : undefined;
    if (service) services.push([key, { name, environments: { [environment]: service } }]);
  }
  return Object.fromEntries(services);
}
