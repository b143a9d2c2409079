// Argo CD's Application of one service in one environment: the shared chart, with values and image of this service.
// s: { application, argocdNamespace, chart, directory, namespace, project, repository: { branch, url }, server, service }

local folder(s) = '/' + s.directory + '/' + s.service;

function(s) {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: s.application,
    namespace: s.argocdNamespace,
    annotations: {
      // Without it any commit to the repository, such as another service's new tag, syncs a service that was scaled live
      // (argo-cd issues 10679 and 13598).
      'argocd.argoproj.io/manifest-generate-paths': '/' + s.chart + ';' + folder(s),
    },
    // Taken out of the configuration, a service goes with all it has.
    finalizers: ['resources-finalizer.argocd.argoproj.io'],
  },
  spec: {
    project: s.project,
    source: {
      repoURL: s.repository.url,
      targetRevision: s.repository.branch,
      path: s.chart,
      helm: {
        releaseName: s.service,
        valueFiles: [folder(s) + '/values.yaml', folder(s) + '/image.yaml'],
      },
    },
    destination: { server: s.server, namespace: s.namespace },
    syncPolicy: {
      // Commits sync by themselves. What people change in the cluster stays: they scale services there for a while.
      automated: { prune: true, selfHeal: false, allowEmpty: false },
      syncOptions: ['FailOnSharedResource=true', 'PruneLast=true'],
      retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
    },
  },
}
