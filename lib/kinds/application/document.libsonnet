// Argo CD's Application of one service in one environment: the shared chart, with values and image of this service and the values of
// the jobs that come before it.
// s: { application, argocdNamespace, chart, directory, namespace, project, releaseJobs, repository: { branch, url }, server, service }

function(s)
  local folder(service) = '/' + s.directory + '/' + service;
  local services = [s.service] + s.releaseJobs;
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: s.application,
      namespace: s.argocdNamespace,
      annotations: {
        // Without it any commit to the repository, such as another service's new tag, syncs a service that was scaled live
        // (argo-cd issues 10679 and 13598).
        'argocd.argoproj.io/manifest-generate-paths':
          std.foldl(function(paths, service) paths + ';' + folder(service), services, '/' + s.chart),
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
          valueFiles: [folder(service) + '/values.yaml' for service in services] + [folder(s.service) + '/image.yaml'],
        },
      },
      destination: { server: s.server, namespace: s.namespace },
      syncPolicy: {
        // Commits sync by themselves. What people change in the cluster stays: they scale services there for a while.
        automated: { prune: true, selfHeal: false, allowEmpty: false },
        syncOptions: ['FailOnSharedResource=true', 'PruneLast=true'],
        // A newer commit may mend what failed: the old one is not tried again.
        retry: { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
      },
    },
  }
