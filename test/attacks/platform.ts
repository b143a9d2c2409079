import type { TestContext } from 'node:test';
import { acme } from '../acme.ts';
import { type Workspace, workspace } from '../commands/workspace.ts';

// biome-ignore lint/suspicious/noExplicitAny: attacks put into a configuration what its type forbids
export type Config = any;

/** A small platform that no rule finds fault with, made anew at each call. */
export function sound(): Config {
  const config: Config = acme();
  Object.assign(config.environments.blue.databases.orders, { backupRetentionDays: 35, geoRedundantBackup: true });
  for (const service of Object.values<Config>(config.services)) service.probes = { readiness: '/' };
  return config;
}

/** A folder with that platform in it. @param change what is changed in it */
export function soundWorkspace(t: TestContext, change: (config: Config) => void = () => {}): Workspace {
  const place = workspace(t);
  const config = sound();
  change(config);
  place.write('platform.config.ts', sourceOf(config));
  return place;
}

/** A configuration as source: with a key `__proto__` as an own one. */
export function sourceOf(config: Config): string {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(config))});\n`;
}
