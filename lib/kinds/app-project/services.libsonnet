// Argo CD's project of the services of one environment.
// s: { argocdNamespace, environment: its display name, namespace: of the services, project, repository: { url }, server }
function(s) {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  metadata: {
    name: s.project,
    namespace: s.argocdNamespace,
    // An Application without its project is in error: projects come first and go last.
    annotations: { 'argocd.argoproj.io/sync-wave': '-10' },
  },
  spec: {
    description: 'services of ' + s.environment,
    sourceRepos: [s.repository.url],
    destinations: [{ server: s.server, namespace: s.namespace }],
    // Not even the namespace: the root application makes it.
    clusterResourceWhitelist: [],
  },
}
