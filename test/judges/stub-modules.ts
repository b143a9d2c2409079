import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Module, sourceOf } from '../../lib/azure/module.ts';
import type { Attribute, Scalar, Type } from '../../lib/azure/type.ts';
import { unitSorts } from '../../lib/azure/units.ts';

/**
 * Modules that take what the real ones take, check it as they do, make nothing and need no provider: `terraform_data` is built into
 * Terraform. It keeps what arrived, so that one can see what Terraform dropped on the way.
 */

/** Writes a stub of every module that units use. @returns the real source → the stub's folder */
export function writeStubModules(folder: string): Map<string, string> {
  return new Map(
    [...new Set(unitSorts.map(({ module }) => module))].map((module) => {
      const [, name = ''] = module.name.split('/');
      const directory = join(folder, `${name}-${module.version}`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, 'main.tf'), stubModule(module));
      return [sourceOf(module), directory];
    }),
  );
}

/** The text of a stub. */
export function stubModule(module: Module): string {
  const variables = Object.entries(module.variables.object);
  const kept = variables.filter(([, { type }]) => !('scalar' in type && type.secret)).map(([name]) => name);
  return [
    `terraform {\n  required_version = ${JSON.stringify(module.terraform)}\n}`,
    ...variables.map(([name, attribute]) => variableBlock(name, attribute)),
    `resource "terraform_data" "inputs" {\n  input = {\n${kept.map((name) => `    ${name} = var.${name}\n`).join('')}  }\n}`,
    ...module.outputs.map((name) => `output "${name}" {\n  value = ${outputOf(module, name)}\n}`),
  ]
    .map((block) => `${block}\n`)
    .join('\n');
}

/** What other units read, in the shape that the real modules give it; `null` for all that none of ours reads. */
function outputOf({ name: module, variables }: Module, output: string): string {
  const name = Object.hasOwn(variables.object, 'domain_name') ? 'var.domain_name' : 'var.name';
  const group = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups';
  const id = module.includes('resourcegroup')
    ? `${group}/\${${name}}`
    : `${group}/stub/providers/${module}/\${${name}}`;
  switch (output) {
    case 'name':
      return name;
    case 'resource_id':
      return `"${id}"`;
    case 'subnets':
      return `{ for key, subnet in var.subnets : key => { resource_id = "${id}/subnets/\${subnet.name}" } }`;
    case 'oidc_issuer_profile_issuer_url':
      return `"https://issuer.example/\${${name}}/"`;
    default:
      return 'null';
  }
}

function variableBlock(name: string, { type, required, nullable, default: fallback = null }: Attribute): string {
  const rules = rulesOf(type, `var.${name}`);
  return [
    `variable "${name}" {`,
    `  type     = ${typeExpression(type)}`,
    `  nullable = ${nullable}`,
    ...(required ? [] : [`  default  = ${JSON.stringify(fallback)}`]),
    ...rules.map((rule) => `  validation {\n    condition     = ${rule}\n    error_message = "refused"\n  }`),
    '}',
  ].join('\n');
}

/** A type as Terraform writes it. */
export function typeExpression(type: Type): string {
  if ('scalar' in type) return type.scalar;
  if ('list' in type) return `${type.unordered ? 'set' : 'list'}(${typeExpression(type.list)})`;
  if ('map' in type) return `map(${typeExpression(type.map)})`;
  const attributes = Object.entries(type.object).map(([name, { type, required, default: fallback }]) => {
    const expression = typeExpression(type);
    const more = fallback === undefined ? '' : `, ${JSON.stringify(fallback)}`;
    return `${name} = ${required ? expression : `optional(${expression}${more})`}`;
  });
  return `object({ ${attributes.join(', ')} })`;
}

/** What a module checks of a value: conditions in Terraform's language, each true of null. */
function rulesOf(type: Type, value: string, depth = 0): string[] {
  const unlessNull = (rule: string) => `${value} == null ? true : ${rule}`;
  if ('scalar' in type) return scalarRules(type, value).map(unlessNull);
  if ('object' in type)
    return Object.entries(type.object).flatMap(([name, attribute]) =>
      rulesOf(attribute.type, `${value}.${name}`, depth).map(unlessNull),
    );
  const item = `item${depth}`;
  const inner = 'map' in type ? type.map : type.list;
  const rules = rulesOf(inner, item, depth + 1).map((rule) =>
    unlessNull(`alltrue([for ${item} in ${value} : ${rule}])`),
  );
  return 'list' in type && type.maxItems !== undefined
    ? [...rules, unlessNull(`length(${value}) <= ${type.maxItems}`)]
    : rules;
}

function scalarRules({ enum: values, pattern, minimum, maximum }: Scalar, value: string): string[] {
  return [
    ...(values === undefined ? [] : [`contains(${JSON.stringify(values)}, ${value})`]),
    ...(pattern === undefined ? [] : [`can(regex(${JSON.stringify(pattern)}, ${value}))`]),
    ...(minimum === undefined ? [] : [`${value} >= ${minimum}`]),
    ...(maximum === undefined ? [] : [`${value} <= ${maximum}`]),
  ];
}
