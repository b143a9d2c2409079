import type { Model } from '../../lib/model/model.ts';
import { exampleModel } from '../example.ts';
import type { Variable } from './corpora.ts';

/** The example in which one service has these plain variables, in this order. */
export function variablesIn(variables: readonly Variable[]): Model {
  const model = exampleModel();
  const shop = model.services.shop?.environments.green;
  if (!shop) throw new Error('the example has another shape');
  const envs = variables.map(([name, value]) => ({ name, value }));
  return { ...model, services: { shop: { name: 'shop', environments: { green: { ...shop, envs } } } } };
}
