import type { Service } from './model.ts';

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** @see Kubernetes, "Pod Security Standards": the capabilities that `baseline` lets a pod add */
const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** The strictest of Kubernetes' Pod Security Standards that takes the pods of all of these services. */
export function podSecurityOf(services: readonly Pick<Service, 'security'>[]): PodSecurityLevel {
  const levels = services.map(({ security }) => levelOf(security));
  return (['privileged', 'baseline'] as const).find((level) => levels.includes(level)) ?? 'restricted';
}

function levelOf({ capabilities, runAsNonRoot, runAsUser }: Service['security']): PodSecurityLevel {
  if (!capabilities.every((capability) => BASELINE_CAPABILITIES.includes(capability))) return 'privileged';
  const isRestricted =
    runAsNonRoot && runAsUser !== 0 && capabilities.every((capability) => capability === 'NET_BIND_SERVICE');
  return isRestricted ? 'restricted' : 'baseline';
}
