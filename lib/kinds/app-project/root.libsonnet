// Argo CD's project of the root Application of one environment.
// s: { argocdNamespace, environment: its display name, namespace: of the services, project, repository: { url }, server }
function(s) {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: {
    name: s.project,
    namespace: s.argocdNamespace,
    annotations: { 'argocd.argoproj.io/sync-wave': '-10' },
  },
  spec: {
    description: 'what makes the applications of ' + s.environment,
    sourceRepos: [s.repository.url],
    destinations: [{ server: s.server, namespace: s.argocdNamespace }],
    clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: s.namespace }],
    namespaceResourceWhitelist: [
      { group: 'argoproj.io', kind: 'AppProject' },
      { group: 'argoproj.io', kind: 'Application' },
      { group: 'argocd-image-updater.argoproj.io', kind: 'ImageUpdater' },
    ],
  },
}
