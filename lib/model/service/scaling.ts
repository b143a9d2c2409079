import * as defaults from '../defaults.ts';
import type { Ground } from '../environment.ts';
import { outOfRange, twoOf } from '../findings.ts';
import type { Service } from '../model.ts';
import type { Draft } from '../origins.ts';
import { derived } from '../origins.ts';
import type { Reading } from './settings.ts';

/** How many pods a service has, and how many of them may be away at once. */
export function replicasOf(
  reading: Reading,
  environment: Ground,
): Draft<Pick<Service, 'replicaCount' | 'autoscaling' | 'disruptionBudget'>> {
  const { kind, s, at, pathOf } = reading;
  if (kind !== 'deployment') return { replicaCount: null, autoscaling: null, disruptionBudget: null };
  const autoscaling = autoscalingOf(reading);
  // Beside autoscaling it may be `null`, and alone as well.
  const replicaCount = s.replicaCount ?? defaults.replicaCount(environment.tier);
  const smallest = autoscaling?.minReplicas ?? replicaCount;
  return {
    replicaCount: autoscaling ? null : at(replicaCount, 'replicaCount'),
    autoscaling: autoscaling && at(autoscaling, 'autoscaling'),
    disruptionBudget: s.disruptionBudget
      ? at({ maxUnavailable: s.disruptionBudget.maxUnavailable }, 'disruptionBudget')
      : // A budget over one pod either does nothing or stops every upgrade of its node.
        derived(smallest >= 2 ? { maxUnavailable: 1 } : null, pathOf(autoscaling ? 'autoscaling' : 'replicaCount')),
  } as Draft<Pick<Service, 'replicaCount' | 'autoscaling' | 'disruptionBudget'>>;
}

function autoscalingOf({ name, settings, s, pathOf, report }: Reading): Service['autoscaling'] {
  const { autoscaling, replicaCount } = s;
  if (!autoscaling) return null;
  const counted = settings.originOf(['replicaCount']);
  if (replicaCount !== undefined && counted.from !== 'default')
    report(
      twoOf({
        path: pathOf('autoscaling'),
        otherPath: pathOf('replicaCount'),
        what: `service \`${name}\` has both \`replicaCount\` and \`autoscaling\``,
        expected: 'one of them; `replicaCount: null` takes away what an earlier layer said',
      }),
    );
  const { minReplicas, maxReplicas, cpuPercent, memoryPercent } = autoscaling;
  const min = minReplicas ?? 1;
  const max = maxReplicas ?? min;
  if (maxReplicas == null)
    report(
      outOfRange({
        path: pathOf('autoscaling'),
        what: `\`autoscaling\` of service \`${name}\` has no \`maxReplicas\``,
        expected: `a whole number not below \`minReplicas\`, ${min}`,
        help: 'add `maxReplicas`',
      }),
    );
  else if (max < min)
    report(
      outOfRange({
        path: pathOf('autoscaling', 'maxReplicas'),
        otherPath: pathOf('autoscaling', 'minReplicas'),
        what: `service \`${name}\` scales from ${min} to ${max} replicas`,
        expected: '`maxReplicas` not below `minReplicas`',
      }),
    );
  return {
    minReplicas: min,
    maxReplicas: Math.max(min, max),
    cpuPercent: cpuPercent ?? (memoryPercent == null ? defaults.CPU_PERCENT : null),
    memoryPercent: memoryPercent ?? null,
  };
}
