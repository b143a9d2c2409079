import { chosen, common, type Layer, named, own, type Platform } from './changeable.ts';
import { entriesOf, type Placed, placesOf, speakers } from './placed.ts';
import { isUsual, tcpPorts } from './settle-ports.ts';

type Variable = NonNullable<NonNullable<Layer['envs']>[string]>;
type Fact = 'url' | 'host' | 'port' | 'publicUrl' | 'publicHost';

/** Names that stand for a credential, which no plain text may. */
const CREDENTIAL = /(PASSWORD|KEY|SECRET|TOKEN)$/;

/** Variables and mounted secrets refer to what exists wherever they are said. */
export function settleVariables(platform: Platform): void {
  const secrets = Object.keys(platform.secrets ?? {});
  for (const { layer, places } of speakers(platform)) {
    for (const [name, value] of Object.entries(layer.envs ?? {})) {
      if (value === null || !layer.envs) continue;
      const settled = CREDENTIAL.test(name) ? secretOf(secrets, '0') : settledValue(value, platform, places, secrets);
      if (settled === undefined) delete layer.envs[name];
      else layer.envs[name] = settled;
    }
    for (const [name, volume] of Object.entries(layer.volumes ?? {})) {
      if (volume?.kind !== 'secret' || !layer.volumes) continue;
      if (secrets.length === 0) delete layer.volumes[name];
      for (const [file, secret] of Object.entries(volume.files))
        volume.files[file] = named(secrets.includes(secret) ? secret : (chosen(secrets, secret) ?? ''));
    }
  }
}

function secretOf(secrets: readonly string[], drawn: string): Variable | undefined {
  const secret = chosen(secrets, drawn);
  return secret === undefined ? undefined : { secret: named(secret) };
}

function settledValue(
  value: Variable,
  platform: Platform,
  places: readonly Placed[],
  secrets: readonly string[],
): Variable | undefined {
  if (typeof value !== 'object') return value;
  if ('secret' in value) return secretOf(secrets, value.secret as string);
  if ('join' in value)
    return {
      join: value.join.flatMap((part) => {
        const settled = settledValue(part as Variable, platform, places, secrets);
        return settled === undefined ? [] : [settled as (typeof value.join)[number]];
      }),
    };
  if ('database' in value) {
    const databases = common(places.map(({ ground }) => Object.keys(ground.databases ?? {})));
    const database = chosen(databases, value.database as string);
    if (database === undefined) return undefined;
    const servers = places.map(({ ground }) => own(ground.databases, database));
    if (value.get === 'user' && servers.some((server) => !server?.login)) value.get = 'host';
    const inside = common(servers.map((server) => server?.databases ?? []));
    if (value.get === 'name' && servers.some((server) => server?.databases.length !== 1)) {
      const of = chosen(inside, '0');
      return of === undefined ? undefined : { database: named(database), get: 'name', of };
    }
    return { database: named(database), get: value.get };
  }
  if ('self' in value) {
    const port = portFor(value.self, value.port, places);
    return port === undefined ? undefined : { self: value.self, ...port };
  }
  if ('service' in value) {
    const at = places.map(({ environment }) => environment);
    const everywhere = common(
      at.map((environment) =>
        placesOf(platform)
          .filter((other) => other.environment === environment && other.kind === 'deployment')
          .map(({ name }) => name),
      ),
    );
    const candidates = everywhere.flatMap((name) => {
      const targets = placesOf(platform, name).filter(({ environment }) => at.includes(environment));
      const port = portFor(value.get, value.port, targets);
      return port === undefined ? [] : [{ service: named<typeof value.service>(name), get: value.get, ...port }];
    });
    return chosen(candidates, value.service as string);
  }
  return value;
}

/** Which port must be named so that all of these have the fact; `undefined`: they have not. */
function portFor(fact: Fact, drawn: string | undefined, targets: readonly Placed[]): { port?: string } | undefined {
  if (targets.length === 0 || targets.some(({ kind }) => kind !== 'deployment')) return undefined;
  if (fact === 'publicUrl' || fact === 'publicHost')
    return targets.every(({ layers }) => Object.keys(entriesOf(layers, 'hosts')).length > 0) ? {} : undefined;
  const names = targets.map((target) =>
    fact === 'url' ? tcpPorts(target) : Object.keys(entriesOf(target.layers, 'ports')),
  );
  if (names.some((ports) => ports.length === 0)) return undefined;
  if (fact === 'host') return {};
  const shared = common(names);
  if (drawn !== undefined && shared.includes(drawn)) return { port: drawn };
  if (names.every(isUsual)) return {};
  const port = chosen(shared, '0');
  return port === undefined ? undefined : { port };
}
