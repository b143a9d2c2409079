import type { ServiceLayer } from '../../config/schema.ts';
import * as defaults from '../defaults.ts';
import type { Ground } from '../environment.ts';
import type { Probe, Service } from '../model.ts';
import type { Draft, Noted } from '../origins.ts';
import { type Ports, usualPort } from './ports.ts';
import { type Reading, sortedEntries } from './settings.ts';

/** How public hosts are served where the service does not say. */
export type IngressDefaults = Readonly<{ className: string; issuer: string }>;

export function probesOf({ kind, s, at }: Reading, { tcpNames, portFor }: Ports): Draft<Service['probes']> {
  if (kind !== 'deployment') return { startup: null, readiness: null, liveness: null };
  const read = (which: 'startup' | 'readiness' | 'liveness'): Noted<Probe | null> => {
    const written = s.probes?.[which];
    if (written === undefined || written === null) {
      // Traffic must wait until somebody listens; that much can be asked of every TCP port.
      const usual = which === 'readiness' ? usualPort(tcpNames) : undefined;
      return at(usual === undefined ? null : { check: { kind: 'tcp', port: usual }, ...defaults.PROBE }, 'ports');
    }
    const where = ['probes', which];
    const timing =
      which === 'startup' ? { ...defaults.PROBE, failureThreshold: defaults.STARTUP_FAILURES } : defaults.PROBE;
    if (typeof written === 'string')
      return at({ check: { kind: 'http', path: written, port: portFor(undefined, ...where) }, ...timing }, ...where);
    return at(
      {
        check:
          'http' in written
            ? {
                kind: 'http',
                path: written.http as string,
                port: portFor(written.port as string | undefined, ...where, 'port'),
              }
            : 'tcp' in written
              ? { kind: 'tcp', port: portFor(written.tcp as string, ...where, 'tcp') }
              : { kind: 'command', command: written.command as string[] },
        initialDelaySeconds: written.initialDelaySeconds ?? timing.initialDelaySeconds,
        periodSeconds: written.periodSeconds ?? timing.periodSeconds,
        timeoutSeconds: written.timeoutSeconds ?? timing.timeoutSeconds,
        failureThreshold: written.failureThreshold ?? timing.failureThreshold,
      } as Probe,
      ...where,
    );
  };
  return { startup: read('startup'), readiness: read('readiness'), liveness: read('liveness') } as Draft<
    Service['probes']
  >;
}

export function ingressOf(
  { name, kind, s, at }: Reading,
  environment: Ground,
  usual: IngressDefaults,
  { portFor }: Ports,
): Draft<Service['ingress']> {
  const { hosts, ingress } = s;
  const served = sortedEntries(hosts);
  if (kind !== 'deployment' || served.length === 0) return null;
  return {
    className: at(ingress?.className ?? usual.className, 'ingress', 'className'),
    issuer: at(ingress?.issuer ?? usual.issuer, 'ingress', 'issuer'),
    tlsSecret: at(`${name}-tls`),
    annotations: at(Object.fromEntries(sortedEntries(ingress?.annotations)), 'ingress', 'annotations'),
    hosts: served.map(([host, { paths, pathType, port }]) =>
      at(
        {
          host: host === '@' ? environment.domain : `${host}.${environment.domain}`,
          paths: (paths ?? ['/']).map((path) => ({
            path,
            pathType: pathType ?? ('Prefix' as const),
            port: portFor(port, 'hosts', host, 'port'),
          })),
        },
        'hosts',
        host,
      ),
    ),
  } as Draft<Service['ingress']>;
}

/** The host that people use, in an environment: `@` stands for its domain itself. */
export function publicHosts(hosts: ServiceLayer['hosts'], domain: string): string[] {
  return sortedEntries(hosts).map(([host]) => (host === '@' ? domain : `${host}.${domain}`));
}
