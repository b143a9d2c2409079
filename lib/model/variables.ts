import type { ServiceLayer } from '../config/schema.ts';
import type { Path } from '../finding/finding.ts';
import {
  type ModelFinding,
  noAddress,
  noLogin,
  noPublicHost,
  notInEnvironment,
  notTcp,
  unknownPort,
  whichDatabase,
  whichPort,
} from './findings.ts';
import type { Environment, Service } from './model.ts';
import { derived, Noted } from './origins.ts';
import { urlOf, usualPort } from './service/ports.ts';
import { type ServiceSettings, sortedEntries, sourcePath } from './service/settings.ts';
import { publicHosts } from './service/traffic.ts';

/** What a variable can be derived from. */
export type Neighbours = Readonly<{
  environment: Pick<Environment, 'name' | 'domain' | 'tier' | 'namespace' | 'databases'>;
  /** `undefined` for a service that is not in this environment */
  service(name: string): ServiceSettings | undefined;
  /** names of the services in this environment, sorted */
  services: readonly string[];
}>;

export type Variables = Readonly<{
  envs: readonly Noted<Service['envs'][number]>[];
  secretEnvs: readonly Noted<Service['secretEnvs'][number]>[];
  calls: readonly string[];
  uses: readonly string[];
}>;

type Value = NonNullable<NonNullable<ServiceLayer['envs']>[string]>;
type Report = (finding: ModelFinding) => void;

/** Resolves the variables of one service in one environment. */
export function resolveVariables(of: ServiceSettings, neighbours: Neighbours, report: Report): Variables {
  const { settings, path } = of;
  const calls = new Set<string>();
  const uses = new Set<string>();
  const envs: Noted<Service['envs'][number]>[] = [];
  const secretEnvs: Noted<Service['secretEnvs'][number]>[] = [];
  for (const [name, value] of sortedEntries(settings.value.envs)) {
    const place = sourcePath(settings, ['envs', name], path);
    if (typeof value === 'object' && 'secret' in value) {
      secretEnvs.push(new Noted({ name, secret: value.secret as string }, settings.originOf(['envs', name])));
    } else {
      const text = textOf(value as Value, of, neighbours, place, report, calls, uses);
      const origin = settings.originOf(['envs', name]);
      envs.push(
        typeof value === 'object' ? derived({ name, value: text }, place) : new Noted({ name, value: text }, origin),
      );
    }
  }
  return {
    envs,
    secretEnvs,
    calls: [...calls].sort(),
    uses: [...uses].sort(),
  };
}

type ServiceFact = 'url' | 'host' | 'port' | 'publicUrl' | 'publicHost';
type Derivation = Readonly<{
  database?: string;
  service?: string;
  self?: ServiceFact;
  environment?: 'name' | 'domain' | 'tier' | 'namespace';
  get?: string;
  of?: string;
  port?: string;
  join?: readonly Value[];
}>;

function textOf(
  value: Value,
  of: ServiceSettings,
  neighbours: Neighbours,
  place: Path,
  report: Report,
  calls: Set<string>,
  uses: Set<string>,
): string {
  if (typeof value !== 'object') return String(value);
  const derivation = value as Derivation;
  const { environment } = neighbours;
  if (derivation.join)
    return derivation.join
      .map((part, index) => textOf(part, of, neighbours, [...place, 'join', index], report, calls, uses))
      .join('');
  if (derivation.environment !== undefined) return environment[derivation.environment];
  if (derivation.database !== undefined) {
    uses.add(derivation.database);
    return databaseFact(derivation, environment, place, report);
  }
  if (derivation.self !== undefined)
    return serviceFact(of, derivation.self, derivation.port, environment, [...place, 'self'], report);
  const name = derivation.service ?? '';
  const service = neighbours.service(name);
  if (!service) {
    report(
      notInEnvironment({
        path: [...place, 'service'],
        what: 'service',
        name,
        environment: environment.name,
        known: neighbours.services,
      }),
    );
    return '';
  }
  // A public address is for browsers: whoever shows it does not call it from inside the cluster.
  const fact = derivation.get as ServiceFact;
  if (!fact.startsWith('public')) calls.add(name);
  return serviceFact(service, fact, derivation.port, environment, [...place, 'get'], report);
}

function databaseFact(
  { database: name = '', get = '', of }: Derivation,
  { name: environment, databases }: Neighbours['environment'],
  place: Path,
  report: Report,
): string {
  const database = Object.hasOwn(databases, name) ? databases[name] : undefined;
  if (!database) {
    report(
      notInEnvironment({
        path: [...place, 'database'],
        what: 'database',
        name,
        environment,
        known: Object.keys(databases),
      }),
    );
    return '';
  }
  switch (get) {
    case 'host':
      return database.host;
    case 'port':
      return String(database.port);
    case 'user':
      if (!database.login) report(noLogin({ path: [...place, 'get'], database: name, environment }));
      return database.login?.user ?? '';
    default: {
      const { databases: known } = database;
      const isClear = of === undefined ? known.length === 1 : known.includes(of);
      if (!isClear) report(whichDatabase({ path: place, database: name, of, known }));
      return of ?? known[0] ?? '';
    }
  }
}

/** @param place of the word that names the fact */
function serviceFact(
  { name, kind, settings }: ServiceSettings,
  fact: ServiceFact,
  port: string | undefined,
  environment: Neighbours['environment'],
  place: Path,
  report: Report,
): string {
  if (kind !== 'deployment') {
    report(noAddress({ path: place, service: name, kind }));
    return '';
  }
  if (fact === 'publicHost' || fact === 'publicUrl') {
    const [host] = publicHosts(settings.value.hosts, environment.domain);
    if (host === undefined) report(noPublicHost({ path: place, service: name, environment: environment.name }));
    return fact === 'publicHost' ? (host ?? '') : `https://${host}`;
  }
  const ports = sortedEntries(settings.value.ports).map(([portName, value]) =>
    typeof value === 'number' ? { name: portName, port: value, protocol: 'TCP' } : { name: portName, ...value },
  );
  const names = ports.map((one) => one.name);
  if (fact === 'host') {
    // Without ports there is no Service, and so no name of one.
    if (names.length === 0) report(whichPort({ path: place.slice(0, -1), service: name, known: names }));
    return `${name}.${environment.namespace}.svc.cluster.local`;
  }
  const tcp = ports.filter(({ protocol }) => protocol === 'TCP').map((one) => one.name);
  const wanted = port ?? usualPort(fact === 'url' ? tcp : names);
  const found = ports.find((one) => one.name === wanted);
  if (!found) {
    report(
      port === undefined
        ? fact === 'url' && tcp.length === 0 && names.length > 0
          ? notTcp({ path: place.slice(0, -1), name: undefined, service: name, known: [] })
          : whichPort({ path: place.slice(0, -1), service: name, known: fact === 'url' ? tcp : names })
        : unknownPort({ path: [...place.slice(0, -1), 'port'], name: port, service: name, known: names }),
    );
    return '';
  }
  if (fact === 'port') return String(found.port);
  if (found.protocol !== 'TCP') {
    report(notTcp({ path: [...place.slice(0, -1), 'port'], name: found.name, service: name, known: tcp }));
    return '';
  }
  return urlOf(name, environment.namespace, found);
}
