// The three documents of a service, as plain Jsonnet makes them: nothing is checked but that fields exist.
// s: { name, image, port, host, cpu, memory, replicaCount, envs }
function(s) {
  values: {
    name: s.name,
    partOf: 'bench',
    kind: 'deployment',
    replicaCount: s.replicaCount,
    disruptionBudget: { maxUnavailable: 1 },
    envs: s.envs,
    secretName: s.name,
    ports: { http: { port: s.port, protocol: 'TCP' } },
    ingress: {
      className: 'traefik',
      issuer: 'letsencrypt',
      tlsSecret: s.name + '-tls',
      hosts: [{ host: s.host + '.bench.example', paths: [{ path: '/', pathType: 'Prefix', port: 'http' }] }],
    },
    probes: {
      [name]: {
        http: { path: '/health', port: 'http' },
        failureThreshold: 3,
        initialDelaySeconds: 0,
        periodSeconds: 10,
        timeoutSeconds: 2,
      }
      for name in ['readiness', 'liveness']
    },
    resources: { requests: { cpu: s.cpu, memory: s.memory }, limits: { memory: s.memory } },
    volumes: { tmp: { mountPath: '/tmp', readOnly: false, ephemeral: { size: '64Mi', inMemory: false } } },
    scheduling: {
      nodeSelector: { pool: 'main' },
      spread: [
        { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
        { topologyKey: 'kubernetes.io/hostname', maxSkew: 1, whenUnsatisfiable: 'ScheduleAnyway' },
      ],
    },
    shutdown: { gracePeriodSeconds: 30, preStopSeconds: 5 },
    security: { runAsNonRoot: true, readOnlyRootFilesystem: true, capabilities: [], apiToken: false },
    serviceAccount: s.name,
  },
  image: { image: { repository: 'benchregistry.azurecr.io/' + s.image, tag: 'main-0-stable' } },
  application: {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'prod-' + s.name,
      namespace: 'argocd',
      annotations: { 'argocd.argoproj.io/manifest-generate-paths': '/chart;/prod/' + s.name },
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: 'bench-prod',
      source: {
        repoURL: 'git@example:bench/bench-gitops',
        targetRevision: 'main',
        path: 'chart',
        helm: {
          releaseName: s.name,
          valueFiles: ['/prod/' + s.name + '/values.yaml', '/prod/' + s.name + '/image.yaml'],
        },
      },
      destination: { server: 'in-cluster', namespace: 'bench' },
      syncPolicy: {
        automated: { prune: true, selfHeal: false, allowEmpty: false },
        syncOptions: ['FailOnSharedResource=true', 'PruneLast=true'],
        retry: { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
      },
    },
  },
}
