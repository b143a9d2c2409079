import type { Path } from '../../finding/finding.ts';
import { notTcp, twoOf, unknownPort, whichPort } from '../findings.ts';
import type { Service } from '../model.ts';
import type { Noted } from '../origins.ts';
import { type Reading, sortedEntries } from './settings.ts';

export type Ports = Readonly<{
  drafts: readonly Noted<Service['ports'][number]>[];
  tcpNames: readonly string[];
  /** the port of a probe or a host: TCP, as both are */
  portFor: (wanted: string | undefined | null, ...where: Path) => string;
}>;

export function portsOf(reading: Reading): Ports {
  const { name: service, s, at, pathOf, report } = reading;
  checkPorts(reading);
  const drafts = sortedEntries(s.ports).map(([name, port]) =>
    at(typeof port === 'number' ? { name, port, protocol: 'TCP' as const } : { name, ...port }, 'ports', name),
  );
  const names = drafts.map(({ value }) => value.name);
  const tcpNames = drafts.flatMap(({ value }) => (value.protocol === 'TCP' ? [value.name] : []));
  return {
    drafts,
    tcpNames,
    portFor(wanted, ...where) {
      const path = pathOf(...where);
      if (typeof wanted === 'string') {
        if (!names.includes(wanted)) report(unknownPort({ path, name: wanted, service, known: names }));
        else if (!tcpNames.includes(wanted)) report(notTcp({ path, name: wanted, service, known: tcpNames }));
        return wanted;
      }
      const usual = usualPort(tcpNames);
      if (usual === undefined)
        report(
          tcpNames.length === 0 && names.length > 0
            ? notTcp({ path, name: undefined, service, known: [] })
            : whichPort({ path, service, known: tcpNames }),
        );
      return usual ?? 'http';
    },
  };
}

/** The port that is meant where none is named: `http`, or the only one. */
export function usualPort(names: readonly string[]): string | undefined {
  return names.includes('http') ? 'http' : names.length === 1 ? names[0] : undefined;
}

/** The in-cluster address of a TCP port: HTTPS where its name says so. */
export function urlOf(
  service: string,
  namespace: string,
  { name, port }: Readonly<{ name: string; port: number }>,
): string {
  const host = `${service}.${namespace}.svc.cluster.local`;
  if (name === 'https' || name.startsWith('https-'))
    return port === 443 ? `https://${host}` : `https://${host}:${port}`;
  return port === 80 ? `http://${host}` : `http://${host}:${port}`;
}

function checkPorts({ name: service, s, pathOf, report }: Reading): void {
  const seen = new Map<string, string>();
  for (const [name, port] of sortedEntries(s.ports)) {
    const key = typeof port === 'number' ? `${port}/TCP` : `${port.port}/${port.protocol}`;
    const first = seen.get(key);
    if (first !== undefined)
      report(
        twoOf({
          path: pathOf('ports', name),
          otherPath: pathOf('ports', first),
          what: `the ports \`${first}\` and \`${name}\` of service \`${service}\` are both ${key}`,
          expected: 'a number of its own for each port',
        }),
      );
    seen.set(key, name);
  }
}
