// Argo CD's Application of the manifests of no service in one environment. It is in the services' project: it may make what services
// may, in their namespace.
// s: { application, argocdNamespace, directory, namespace, project, repository: { branch, url }, server }
function(s) {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: s.application,
    namespace: s.argocdNamespace,
    annotations: {
      'argocd.argoproj.io/manifest-generate-paths': '.',
      // Quotas and network policies are there before the pods they are for.
      'argocd.argoproj.io/sync-wave': '-1',
    },
    finalizers: ['resources-finalizer.argocd.argoproj.io'],
  },
  spec: {
    project: s.project,
    source: {
      repoURL: s.repository.url,
      targetRevision: s.repository.branch,
      path: s.directory + '/_manifests',
      directory: { recurse: false },
    },
    destination: { server: s.server, namespace: s.namespace },
    syncPolicy: {
      // Unlike services, nobody scales these live.
      automated: { prune: true, selfHeal: true, allowEmpty: false },
      syncOptions: ['FailOnSharedResource=true', 'PruneLast=true'],
      retry: { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    },
  },
}
