import type { Path } from '../finding/finding.ts';
import type { JsonObject } from '../json.ts';
import type { Slice } from '../kinds/kind.ts';
import type { Model } from '../model/model.ts';
import type { Module } from './module.ts';
import type { TypePath } from './schema.ts';

/**
 * A sort of unit: one module, called with inputs that the compiler writes and with what other units put out.
 *
 * Its folder holds `inputs.libsonnet`, the shape of the inputs, and `terragrunt.hcl`, which reads them and wires the rest.
 */
export type UnitSort = Readonly<{
  /** also its folder beside this file */
  name: string;
  module: Module;
  /** variables that `terragrunt.hcl` sets. `merge` there is shallow, so the inputs may not have them */
  wired: readonly string[];
  /** what `terragrunt.hcl` adds inside of inputs, where they do not have it */
  filled: readonly TypePath[];
  /** what is true of the inputs beyond the types: a JSON Schema that they must satisfy as well */
  constraint?: JsonObject;
  /** as `Kind.alike`, of its inputs */
  alike?: true;
  /** every unit of this sort, in any order */
  list(model: Model): readonly Unit[];
}>;

/** A folder of the infrastructure repository, with state of its own in Terraform. */
export type Unit = Readonly<{
  /** folder in `live/` */
  directory: string;
  /** folder in it */
  name: string;
  /** as `DocumentPlan.slice` */
  slice: Slice;
  subject: Path;
  environment?: string;
  service?: string;
  /** path into the model of the map from units to extra inputs */
  extraInputs: Path;
}>;

/** Folder in `live/` of what all environments share. */
export const SHARED = 'shared';

/** One unit for each environment. */
export function eachEnvironment(
  model: Model,
  unitsOf: (
    environment: Model['environments'][string],
    path: Path,
  ) => readonly Omit<Unit, 'directory' | 'extraInputs'>[],
): Unit[] {
  return Object.values(model.environments).flatMap((environment) => {
    const path: Path = ['environments', environment.name];
    return unitsOf(environment, path).map((unit) => ({
      directory: environment.directory,
      environment: environment.name,
      extraInputs: [...path, 'extraInputs'],
      ...unit,
    }));
  });
}

/** What a slice needs for the place and the tags that every resource has; `owner` is an environment or the registry. */
export function placeAndTags(owner: Path): Record<'location' | 'tags', Path> {
  return { location: [...owner, 'location'], tags: [...owner, 'tags'] };
}
