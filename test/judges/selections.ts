import { type Manifest, podTemplateOf } from './meaning.ts';

/**
 * Who selects which pods, looked at as the cluster does: by labels, among all pods of a namespace, whoever made them.
 */

/** What an object made by one service selects, and the workload it is meant for. */
export type Selection = Readonly<{ by: string; selected: readonly string[]; own: readonly string[] }>;

/**
 * Every selection in an environment.
 *
 * @param releases the objects of each release; all of them are in one namespace
 */
export function selectionsIn(releases: readonly (readonly Manifest[])[]): Selection[] {
  const all = releases.flat();
  const pods = all.flatMap((manifest) => {
    const template = podTemplateOf(manifest);
    return template ? [{ workload: nameOf(manifest), labels: template.metadata.labels as Labels }] : [];
  });
  const selectedBy = (labels: Labels) => pods.filter((pod) => matches(labels, pod.labels)).map((pod) => pod.workload);
  return all.flatMap((manifest): Selection[] => {
    const own = [`${workloadKind(manifest)} ${manifest.metadata.name}`];
    switch (manifest.kind) {
      case 'Service':
        return [{ by: nameOf(manifest), selected: selectedBy(manifest.spec.selector), own }];
      case 'PodDisruptionBudget':
        return [{ by: nameOf(manifest), selected: selectedBy(manifest.spec.selector.matchLabels), own }];
      case 'HorizontalPodAutoscaler': {
        const { kind, name } = manifest.spec.scaleTargetRef;
        const targets = all.map(nameOf).filter((target) => target === `${kind} ${name}`);
        return [{ by: nameOf(manifest), selected: targets, own }];
      }
      case 'Deployment':
        return [
          { by: nameOf(manifest), selected: selectedBy(manifest.spec.selector.matchLabels), own },
          ...spreads(manifest, selectedBy),
        ];
      default:
        return spreads(manifest, selectedBy);
    }
  });
}

/** Kubernetes objects that are there twice: the second would be taken for the first, changed. */
export function repeatedIn(releases: readonly (readonly Manifest[])[]): string[] {
  const seen = new Set<string>();
  return releases
    .flat()
    .map((manifest) => `${manifest.apiVersion} ${nameOf(manifest)}`)
    .filter((name) => seen.size === seen.add(name).size);
}

/**
 * What an object refers to that is not there. A Secret is there if it can be: one whose values nobody has sealed yet is waited for.
 */
export function danglingIn(releases: readonly (readonly Manifest[])[]): string[] {
  const all = releases.flat();
  const names = new Set(all.map(nameOf));
  const needs = all.flatMap((manifest) => {
    const spec = podTemplateOf(manifest)?.spec;
    const own = spec ? [`ServiceAccount ${spec.serviceAccountName}`] : [];
    for (const { configMap, persistentVolumeClaim } of spec?.volumes ?? []) {
      if (configMap) own.push(`ConfigMap ${configMap.name}`);
      if (persistentVolumeClaim) own.push(`PersistentVolumeClaim ${persistentVolumeClaim.claimName}`);
    }
    return own.map((needed) => ({ needed, by: nameOf(manifest) }));
  });
  const missing = needs.filter(({ needed }) => !names.has(needed)).map(({ needed, by }) => `${by}: ${needed}`);
  return [...missing, ...all.flatMap((manifest) => pathsToNowhere(manifest, all))];
}

/** Paths of an Ingress that end at no port of a container. */
function pathsToNowhere(manifest: Manifest, all: readonly Manifest[]): string[] {
  if (manifest.kind !== 'Ingress') return [];
  return manifest.spec.rules.flatMap(({ host, http }: Manifest) =>
    http.paths.flatMap(({ path, backend: { service } }: Manifest) => {
      const target = all.find(({ kind, metadata }) => kind === 'Service' && metadata.name === service.name);
      const port = target?.spec.ports.find(({ name }: Manifest) => name === service.port.name);
      const deployment = all.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === service.name);
      const [container] = deployment?.spec.template.spec.containers ?? [];
      const leads = container?.ports?.some(({ name }: Manifest) => name === port?.targetPort);
      return leads ? [] : [`${host}${path}`];
    }),
  );
}

type Labels = Readonly<Record<string, string>>;

function spreads(manifest: Manifest, selectedBy: (labels: Labels) => string[]): Selection[] {
  const { topologySpreadConstraints = [] } = podTemplateOf(manifest)?.spec ?? {};
  return topologySpreadConstraints.map(({ topologyKey, labelSelector }: Manifest) => ({
    by: `${nameOf(manifest)}, spread over ${topologyKey}`,
    selected: selectedBy(labelSelector.matchLabels),
    own: [nameOf(manifest)],
  }));
}

function matches(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);
}

/** Only deployments have objects beside them that select pods. */
function workloadKind({ kind }: Manifest): string {
  return kind === 'CronJob' || kind === 'Job' ? kind : 'Deployment';
}

function nameOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
