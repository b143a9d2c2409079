import { chosen, common, type Platform } from './changeable.ts';
import { entriesOf, type Placed, placesOf, speakers } from './placed.ts';

type Port = number | { port: number; protocol: 'TCP' | 'UDP' };

export function settlePorts(platform: Platform, service: string): void {
  for (const { layers } of placesOf(platform, service)) {
    const ports = Object.entries(entriesOf<Port>(layers, 'ports'));
    const numbers = ports.map(([, port]) =>
      typeof port === 'number' ? `${port}/TCP` : `${port.port}/${port.protocol}`,
    );
    if (new Set(numbers).size === numbers.length) continue;
    const names = [...new Set(layers.flatMap((layer) => Object.keys(layer.ports ?? {})))];
    for (const layer of layers)
      for (const [name, port] of Object.entries(layer.ports ?? {})) {
        const number = 8000 + names.indexOf(name);
        if (layer.ports && port !== null)
          layer.ports[name] = typeof port === 'number' ? number : { ...port, port: number };
      }
  }
}

/** Names of the TCP ports at a place. */
export function tcpPorts({ layers }: Placed): string[] {
  return Object.entries(entriesOf<Port>(layers, 'ports')).flatMap(([name, port]) =>
    typeof port === 'number' || port.protocol === 'TCP' ? [name] : [],
  );
}

export function isUsual(ports: readonly string[]): boolean {
  return ports.includes('http') || ports.length === 1;
}

/** Hosts and probes name a port that is there, or need not name one. */
export function settleChecks(platform: Platform): void {
  for (const { layer, places } of speakers(platform)) {
    const ports = common(places.map(tcpPorts));
    const areUsual = places.every((placed) => isUsual(tcpPorts(placed)));
    const portOf = (drawn: string | null | undefined): string | undefined => {
      if (drawn != null && ports.includes(drawn)) return drawn;
      return areUsual ? undefined : chosen(ports, '0');
    };
    for (const [host, leads] of Object.entries(layer.hosts ?? {})) {
      if (leads === null || !layer.hosts) continue;
      const port = portOf(leads.port);
      if (port !== undefined) leads.port = port;
      else if (leads.port != null) delete leads.port;
      if (port === undefined && !areUsual) delete layer.hosts[host];
    }
    for (const which of ['startup', 'readiness', 'liveness'] as const) {
      const probe = layer.probes?.[which];
      if (probe == null || !layer.probes) continue;
      if (typeof probe === 'object' && 'command' in probe) continue;
      const port = portOf(typeof probe === 'string' ? undefined : 'tcp' in probe ? probe.tcp : probe.port);
      const first = chosen(ports, '0');
      if (first === undefined) delete layer.probes[which];
      else if (typeof probe === 'string') {
        if (port !== undefined) layer.probes[which] = { http: probe, port };
      } else if ('tcp' in probe) probe.tcp = port ?? first;
      else if (port !== undefined) probe.port = port;
      else if (probe.port != null) delete probe.port;
    }
  }
  for (const placed of placesOf(platform)) {
    const names = Object.keys(entriesOf(placed.layers, 'ports'));
    const tcp = tcpPorts(placed);
    if (placed.ground.tier !== 'production' || isUsual(tcp) || !names.some((name) => name !== 'metrics')) continue;
    for (const layer of placed.layers) {
      if (layer.probes === null) delete layer.probes;
      if (layer.probes?.readiness === null) delete layer.probes.readiness;
    }
    if (placed.layers.some((layer) => layer.probes?.readiness != null)) continue;
    placed.service.probes = { ...placed.service.probes, readiness: { command: ['true'] } };
  }
}

/** Each host and path of an environment leads to one service, and to no other environment. */
export function settleHosts(platform: Platform, service: string, index: number): void {
  const others = placesOf(platform).filter(({ name }) => name !== service);
  for (const { layers, environment, ground } of placesOf(platform, service)) {
    const taken = new Set(
      others
        .filter((other) => other.environment === environment)
        .flatMap(({ layers }) => layers.flatMap((layer) => Object.keys(layer.hosts ?? {}))),
    );
    for (const layer of layers)
      for (const [host, leads] of Object.entries(layer.hosts ?? {})) {
        const full = host === '@' ? ground.domain : `${host}.${ground.domain}`;
        const isForeign = Object.entries(platform.environments).some(
          ([other, { domain }]) =>
            other !== environment &&
            domain.length > ground.domain.length &&
            (full === domain || full.endsWith(`.${domain}`)),
        );
        if (!layer.hosts || (!taken.has(host) && !isForeign)) continue;
        delete layer.hosts[host];
        if (host !== '@' && !isForeign) layer.hosts[`${host.slice(0, 56)}x${index}`] = leads;
      }
  }
}

/** A service that others refer to has an address at the place; see `settleVariables`. */
export function settleAddresses(platform: Platform): void {
  for (const { layer } of speakers(platform))
    for (const [host, leads] of Object.entries(layer.hosts ?? {}))
      if (leads?.paths && leads.paths.length === 0 && layer.hosts) layer.hosts[host] = {};
}
