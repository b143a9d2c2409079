// The namespace of the services of one environment.
// s: { kubernetesVersion: as 1.36, namespace, platform: its name, podSecurity: the level to enforce }

// The rules of the cluster's own version: a newer Kubernetes must not refuse pods that ran.
local podSecurity(mode, level, s) = {
  ['pod-security.kubernetes.io/' + mode]: level,
  ['pod-security.kubernetes.io/' + mode + '-version']: 'v' + s.kubernetesVersion,
};

function(s) {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name: s.namespace,
    labels: { 'app.kubernetes.io/part-of': s.platform }
            + podSecurity('enforce', s.podSecurity, s)
            // `enforce` refuses pods and says so nowhere but in events; `warn` tells who applies a Deployment.
            + podSecurity('audit', 'restricted', s)
            + podSecurity('warn', 'restricted', s),
    annotations: {
      // A namespace takes with it all that is inside, volumes as well.
      'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
      'argocd.argoproj.io/sync-wave': '-5',
    },
  },
}
