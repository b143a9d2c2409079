// Argo CD's Application of one environment that makes all others, itself among them.
// s: { application, argocdNamespace, directory, project, repository: { branch, url }, server }
function(s) {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: s.application,
    namespace: s.argocdNamespace,
    annotations: {
      'argocd.argoproj.io/manifest-generate-paths': '.',
      // It never takes itself away, and without a finalizer its end is not the end of what it made.
      'argocd.argoproj.io/sync-options': 'Prune=false',
    },
  },
  spec: {
    project: s.project,
    source: {
      repoURL: s.repository.url,
      targetRevision: s.repository.branch,
      path: s.directory + '/_argocd',
      directory: { recurse: true },
    },
    destination: { server: s.server, namespace: s.argocdNamespace },
    // A rollback needs automated sync switched off, live, at one Application. That has to last until a person switches it on.
    ignoreDifferences: [
      { group: 'argoproj.io', kind: 'Application', jsonPointers: ['/spec/syncPolicy/automated'] },
    ],
    syncPolicy: {
      automated: { prune: true, selfHeal: true, allowEmpty: false },
      syncOptions: ['FailOnSharedResource=true', 'PruneLast=true', 'RespectIgnoreDifferences=true'],
      retry: { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    },
  },
}
