import { definitions, nothing, schemaOf, withOptional, without } from '../../azure/schema.ts';
import type { UnitSort } from '../../azure/unit.ts';
import { unitSorts } from '../../azure/units.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { Model } from '../../model/model.ts';
import { valueAt } from '../../render/render.ts';
import type { DocumentPlan, Kind } from '../kind.ts';

/** What Terraform gets of each unit: one name, and an entry for each sort of unit, since each has its own shape and schema. */
export const unitInputs: readonly Kind[] = unitSorts.map(inputsOf);

function inputsOf(sort: UnitSort): Kind {
  const schema = documentSchema(sort);
  return {
    name: 'unit-inputs',
    owner: 'compiler',
    format: 'json',
    template: new URL(`../../azure/units/${sort.name}/inputs.libsonnet`, import.meta.url),
    ...(sort.alike && { alike: true }),
    schema: () => schema,
    // What a resource is, before how it is.
    keyOrder: ['name', 'location', 'mode', 'vm_size', 'enable_auto_scaling', 'count_of', 'min_count', 'max_count'],
    list: (model) =>
      sort.list(model).map((unit): DocumentPlan => {
        const { directory, name, slice, subject, environment, service, extraInputs } = unit;
        return {
          target: model.infrastructure.name,
          path: `live/${directory}/${name}/inputs.generated.json`,
          slice,
          subject,
          ...(environment === undefined ? {} : { environment }),
          ...(service === undefined ? {} : { service }),
          ...(hasKey(model, extraInputs, name) ? { patch: [...extraInputs, name], patchAt: ['inputs'] } : {}),
        };
      }),
  };
}

function hasKey(model: Model, path: DocumentPlan['subject'], key: string): boolean {
  const value = valueAt(model, path);
  return isObject(value) && Object.hasOwn(value, key);
}

/**
 * What the module's variables are, but for those that `terragrunt.hcl` sets. Closed at every depth: Terragrunt and Terraform drop
 * what a module does not know without a word.
 */
function documentSchema({ module, wired, filled, constraint }: UnitSort): JsonObject {
  const { properties, ...inputs } = schemaOf(filled.reduce(withOptional, without(module.variables, wired)));
  const elsewhere = Object.fromEntries(wired.map((name) => [name, nothing('terragrunt.hcl sets it')]));
  const complete: JsonObject = { ...inputs, properties: { ...(properties as JsonObject), ...elsewhere } };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `module ${module.name.split('/')[1]} ${module.version}`,
    definitions,
    type: 'object',
    properties: { _generated: { type: 'string' }, inputs: constraint ? { allOf: [complete, constraint] } : complete },
    required: ['inputs'],
    additionalProperties: false,
  };
}
