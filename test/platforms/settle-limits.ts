import type { Layer, Platform } from './changeable.ts';
import { entriesOf, placesOf, said } from './placed.ts';

/** Replicas: counted or scaled, enough in production, one where a disk is held by one node. */
export function settleScale(platform: Platform, service: string): void {
  const places = placesOf(platform, service);
  // One that is tied to a node here and not there would need a count for each.
  if (new Set(places.map(({ layers }) => onOneNode(layers))).size > 1)
    for (const { layers } of places)
      for (const volume of layers.flatMap((layer) => Object.values(layer.volumes ?? {})))
        if (volume?.kind === 'persistent') volume.accessMode = 'ReadWriteMany';
  for (const placed of placesOf(platform, service)) {
    if (placed.kind !== 'deployment') continue;
    const { layers, service: itself, ground } = placed;
    for (const [index, layer] of layers.entries()) {
      if (layer.autoscaling != null && layer.replicaCount != null) delete layer.replicaCount;
      const before = layers.slice(0, index);
      if (layer.autoscaling != null && said(before, 'replicaCount') != null) layer.replicaCount = null;
      if (layer.replicaCount != null && before.some((one) => one.autoscaling != null)) layer.autoscaling = null;
      if (layer.autoscaling == null) continue;
      const scaling = scalingOf(layers.slice(0, index + 1));
      if (scaling.maxReplicas === undefined) layer.autoscaling.maxReplicas = Math.max(2, scaling.minReplicas ?? 2);
      else if (scaling.maxReplicas < (scaling.minReplicas ?? 1))
        layer.autoscaling.maxReplicas = scaling.minReplicas ?? 1;
    }
    const strongest = layers.findLast((layer) => layer.autoscaling != null || layer.replicaCount != null);
    const hasDisk = onOneNode(layers);
    const hasPorts = Object.keys(entriesOf(layers, 'ports')).length > 0;
    if (hasDisk) {
      for (const layer of layers) {
        if (layer === itself) continue;
        if (layer.autoscaling != null) delete layer.autoscaling;
        if (layer.replicaCount != null && layer.replicaCount > 1) delete layer.replicaCount;
        if (layer.replicaCount === null) delete layer.replicaCount;
      }
      delete itself.autoscaling;
      itself.replicaCount = 1;
    } else if (ground.tier === 'production' && hasPorts) {
      const scaling = scalingOf(layers);
      if (strongest?.autoscaling != null && (scaling.minReplicas ?? 1) < 2) {
        strongest.autoscaling.minReplicas = 2;
        strongest.autoscaling.maxReplicas = Math.max(2, scaling.maxReplicas ?? 2);
      } else if (strongest?.replicaCount === 1) strongest.replicaCount = 2;
    }
  }
}

function onOneNode(layers: readonly Layer[]): boolean {
  return Object.values(entriesOf<{ accessMode?: string | null; kind: string }>(layers, 'volumes')).some(
    (volume) => volume.kind === 'persistent' && volume.accessMode !== 'ReadWriteMany',
  );
}

function scalingOf(layers: readonly Layer[]): { minReplicas?: number; maxReplicas?: number } {
  return entriesOf<number>(layers, 'autoscaling') as { minReplicas?: number; maxReplicas?: number };
}

/** Limits that two fields have together. */
export function settleLimits(platform: Platform, service: string): void {
  for (const { layers } of placesOf(platform, service)) {
    settleResources(layers);
    const security = entriesOf<number | boolean>(layers, 'security');
    if (security.runAsUser === 0 && security.runAsNonRoot !== false)
      for (const layer of layers) if (layer.security?.runAsUser === 0) layer.security.runAsUser = 1;
    for (const toleration of layers.flatMap((layer) => layer.tolerations ?? []))
      if (toleration.operator === 'Exists') delete toleration.value;
    const paths = Object.values(entriesOf<{ mountPath: string }>(layers, 'volumes')).map((volume) => volume.mountPath);
    const names = Object.keys(entriesOf(layers, 'volumes'));
    if (!names.includes('tmp')) paths.push('/tmp');
    if (new Set(paths).size < paths.length)
      for (const layer of layers)
        for (const [name, volume] of Object.entries(layer.volumes ?? {})) if (volume) volume.mountPath = `/mnt/${name}`;
  }
}

/** A limit is above whatever may be requested, in whichever layer. */
function settleResources(layers: readonly Layer[]): void {
  for (const layer of layers) {
    const limits = layer.resources?.limits;
    if (limits?.cpu != null) limits.cpu = `${2 + (limits.cpu.length % 3)}`;
    if (limits?.memory != null) limits.memory = limits.memory.includes('G') ? '2.5Gi' : '2048Mi';
  }
}
