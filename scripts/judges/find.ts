import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { customResources, type Judge, judgeNamed, kubernetesVersions, pinnedFile, schemasVersion } from './judges.ts';

/** The cache that judges are installed into: outside of any checkout, so that all of them share it. */
export function judgesFolder(): string {
  const { PLATFORM_JUDGES, XDG_CACHE_HOME } = process.env;
  return PLATFORM_JUDGES || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'platform-compiler', 'judges');
}

/** The folder to put on a PATH: a link to each judge, named as the judge. */
export function binFolder(): string {
  return join(judgesFolder(), 'bin');
}

/**
 * Finds a judge.
 *
 * @param name as in `judges.ts`: `"helm3"`
 * @returns the absolute path of the pinned binary; of a library's, the `python` that can import it
 * @throws Error that says which command installs it, when it is not there or another version is
 */
export function judge(name: string): string {
  const wanted = judgeNamed(name);
  const file = fileOf(wanted);
  if (file === undefined) throw new Error(missing(wanted));
  return file;
}

/**
 * Finds the folder of Kubernetes JSON schemas, strict ones, for kubeconform's
 * `-schema-location '<folder>/{{ .ResourceKind }}{{ .KindSuffix }}.json'`.
 *
 * @param version `"1.33"` or any patch of it
 * @throws Error that says what to do, when they are not there
 */
export function schemas(version: string): string {
  const minor = version.split('.').slice(0, 2).join('.');
  if (!kubernetesVersions.some((known) => known === minor)) {
    throw new Error(
      `no schemas are installed for Kubernetes ${version}\n` +
        `  expected: ${kubernetesVersions.join(', ')}\n` +
        '  help: add it to kubernetesVersions in scripts/judges/judges.ts',
    );
  }
  const folder = schemasFolder(minor);
  if (!existsSync(folder)) {
    throw new Error(
      `the schemas of Kubernetes ${minor} are not installed\n  help: npm run judges -- install kubernetes-validate`,
    );
  }
  return folder;
}

/** Where the schemas of a Kubernetes minor version lie, once installed. */
export function schemasFolder(minor: string): string {
  return join(judgesFolder(), `kubernetes-schemas-${schemasVersion}`, minor);
}

/**
 * Finds the folder of the custom resources' JSON schemas, strict ones, for kubeconform's
 * `-schema-location '<folder>/{{ .ResourceKind }}-{{ .Group }}-{{ .ResourceAPIVersion }}.json'`.
 *
 * @throws Error that says what to do, when they are not there
 */
export function customResourceSchemas(): string {
  const folder = customResourceSchemasFolder();
  if (!existsSync(folder)) {
    throw new Error(
      'the schemas of custom resources are not installed\n  help: npm run judges -- install controller-gen',
    );
  }
  return folder;
}

/** Where the custom resources' schemas lie, once installed. Another pin or another way of making them is another folder. */
export function customResourceSchemasFolder(): string {
  const digest = createHash('sha256').update(JSON.stringify(customResources));
  for (const file of ['json-schema.ts', 'custom-resources.ts', 'modules/controller-gen/go.mod'])
    digest.update(readFileSync(join(import.meta.dirname, file)));
  return join(judgesFolder(), `custom-resource-schemas-${digest.digest('hex').slice(0, 12)}`);
}

/** The judge's file, if it is there and, by its place in the cache, the pinned one. `install.ts` looks into it, too. */
export function fileOf(judge: Judge): string | undefined {
  if (judge.source === 'machine') return onPath(judge.name);
  // Not the link itself: python, called through one, does not know its virtual environment.
  const file = linkTarget(join(binFolder(), judge.name));
  return file?.endsWith(`/${pinnedFile(judge)}`) && isExecutable(file) ? file : undefined;
}

function missing(judge: Judge): string {
  const title = `judge \`${judge.name}\` ${judge.version} is not installed`;
  if (judge.source === 'machine') return `${title}\n  help: it is part of the machine: put it on the PATH`;
  return `${title}\n  help: npm run judges -- install ${judge.name}`;
}

function onPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function linkTarget(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
