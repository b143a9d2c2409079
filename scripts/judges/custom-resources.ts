import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { customResourceSchemasFolder, judgesFolder } from './find.ts';
import { environmentOf, moduleFolder } from './go.ts';
import { jsonSchemas } from './json-schema.ts';
import { customResources, type GoJudge, type Judge } from './judges.ts';
import { run } from './run.ts';

/**
 * Makes JSON Schemas of custom resources, unless they are there: controller-gen writes the definitions from the Go types of the
 * projects, as the projects do, and we turn them into what kubeconform reads.
 *
 * @param generator controller-gen's file
 * @returns whether they were there already
 * @throws Error when a definition is not the pinned one
 */
export function ensureCustomResourceSchemas(judge: Judge & GoJudge, generator: string): { cached: boolean } {
  const folder = customResourceSchemasFolder();
  if (existsSync(folder)) return { cached: true };

  const building = join(judgesFolder(), `.building-${basename(folder)}-${process.pid}`);
  const definitions = join(building, 'definitions');
  const schemas = join(building, 'schemas');
  mkdirSync(schemas, { recursive: true });
  try {
    const paths = customResources.map(({ module, package: name }) => `paths=${module}/${name}`);
    // The option is sealed-secrets' own; of the others' definitions it changes nothing.
    const args = ['crd:generateEmbeddedObjectMeta=true', ...paths, `output:crd:dir=${definitions}`];
    run(generator, args, {
      folder: moduleFolder(judge),
      environment: { ...environmentOf(judge), GOFLAGS: '-mod=readonly' },
    });
    for (const { definitions: pinned } of customResources) {
      for (const [file, sha256] of Object.entries(pinned)) {
        const text = pinnedText(join(definitions, file), sha256);
        for (const { name, schema } of jsonSchemas(parse(text)))
          writeFileSync(join(schemas, name), JSON.stringify(schema));
      }
    }
    renameSync(schemas, folder);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
  return { cached: false };
}

/**
 * Reads a file that must not have changed.
 *
 * @throws Error with both digests when it has
 */
export function pinnedText(file: string, sha256: string): string {
  const bytes = readFileSync(file);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) {
    throw new Error(
      `${basename(file)} is not the pinned one: its sha256 is ${found}\n  expected: ${sha256}\n` +
        '  help: see what changed in it, then write its digest into customResources in scripts/judges/judges.ts',
    );
  }
  return bytes.toString('utf8');
}
