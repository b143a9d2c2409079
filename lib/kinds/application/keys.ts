/** Keys of Kubernetes objects in the order in which people read them, here and in their manuals. */
export const kubernetesKeys: readonly string[] = [
  ...['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'labels', 'annotations', 'finalizers', 'spec'],
];
