/** Virtual processors and memory of the machine sizes we know. @see Microsoft, "Sizes for virtual machines in Azure" */
const SIZES: Readonly<Record<string, readonly [cores: number, memoryGib: number]>> = {
  Standard_B2ms: [2, 8],
  Standard_B4ms: [4, 16],
  Standard_D2s_v5: [2, 8],
  Standard_D2as_v5: [2, 8],
  Standard_D2ds_v5: [2, 8],
  Standard_D4s_v5: [4, 16],
  Standard_D4as_v5: [4, 16],
  Standard_D4ds_v5: [4, 16],
  Standard_D8s_v5: [8, 32],
  Standard_D8as_v5: [8, 32],
  Standard_D8ds_v5: [8, 32],
  Standard_D16s_v5: [16, 64],
  Standard_D16ds_v5: [16, 64],
  Standard_E4s_v5: [4, 32],
  Standard_E8ds_v5: [8, 64],
  Standard_F4s_v2: [4, 8],
  Standard_F8s_v2: [8, 16],
};

/** Thousandths of a core that AKS keeps, by cores. @see Microsoft, "Resource reservations in AKS" */
const RESERVED_CPU: Readonly<Record<number, number>> = { 1: 60, 2: 100, 4: 140, 8: 180, 16: 260, 32: 420, 64: 740 };

/** What AKS' own pods ask for on every node: kube-proxy, azure-cns, storage drivers. An estimate: it varies by version. */
const SYSTEM_PODS = { cpuMillicores: 300, memoryMib: 500 };

/** Pods that AKS itself runs on a node of a pool, by its `maxPods`: kube-proxy, azure-cns, drivers, agents. An estimate as well. */
export function ownPods(maxPods: number): number {
  return Math.min(10, Math.floor(maxPods / 2));
}

/**
 * What one node has left for the platform's pods.
 *
 * AKS (Kubernetes 1.29 and later) keeps the lesser of 20 MB a pod and 50 MB, and a quarter of the memory; the kubelet evicts below
 * 100 MiB; a machine reports some 4 % less memory than its size says.
 *
 * @returns `undefined` for a size that is not in the table
 */
export function allocatable(size: string, maxPods: number): { cpuMillicores: number; memoryMib: number } | undefined {
  const known = Object.hasOwn(SIZES, size) ? SIZES[size] : undefined;
  if (!known) return undefined;
  const [cores, gib] = known;
  const nominal = gib * 1024;
  const reserved = Math.min(20 * maxPods + 50, nominal / 4);
  return {
    cpuMillicores: cores * 1000 - (RESERVED_CPU[cores] ?? 0) - SYSTEM_PODS.cpuMillicores,
    memoryMib: Math.floor(nominal * 0.96 - reserved - 100 - SYSTEM_PODS.memoryMib),
  };
}
