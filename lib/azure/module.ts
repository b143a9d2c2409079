import type { ObjectType } from './type.ts';

/** A module of the Terraform registry, as far as one must know it to call it. */
export type Module = Readonly<{
  /** `<owner>/<name>/<provider>` */
  name: string;
  version: string;
  /** what Terraform must be: the module's own constraint */
  terraform: string;
  /** providers that need a configuration of their own */
  providers: readonly ('azapi' | 'azurerm')[];
  variables: ObjectType;
  outputs: readonly string[];
}>;

/** The module's address as Terragrunt takes it. */
export function sourceOf({ name, version }: Module): string {
  return `tfr:///${name}?version=${version}`;
}
