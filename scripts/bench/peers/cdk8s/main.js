// The three documents of a service, as an application of cdk8s makes them: one chart a service, one file an object.
const { App, Chart, ApiObject, YamlOutputType } = require('cdk8s');
const services = require('./services.json');

class Service extends Chart {
  constructor(scope, s) {
    super(scope, s.name, { disableResourceNameHashes: true });
    // cdk8s has objects of Kubernetes only, so values and image say that they are some.
    new ApiObject(this, 'values', {
      apiVersion: 'bench/v1',
      kind: 'Values',
      name: s.name,
      partOf: 'bench',
      replicaCount: s.replicaCount,
      disruptionBudget: { maxUnavailable: 1 },
      envs: s.envs,
      secretName: s.name,
      ports: { http: { port: s.port, protocol: 'TCP' } },
      ingress: {
        className: 'traefik',
        issuer: 'letsencrypt',
        tlsSecret: `${s.name}-tls`,
        hosts: [{ host: `${s.host}.bench.example`, paths: [{ path: '/', pathType: 'Prefix', port: 'http' }] }],
      },
      probes: { readiness: probe(), liveness: probe() },
      resources: { requests: { cpu: s.cpu, memory: s.memory }, limits: { memory: s.memory } },
      volumes: { tmp: { mountPath: '/tmp', readOnly: false, ephemeral: { size: '64Mi', inMemory: false } } },
      scheduling: {
        nodeSelector: { pool: 'main' },
        spread: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
          topologyKey,
          maxSkew: 1,
          whenUnsatisfiable: 'ScheduleAnyway',
        })),
      },
      shutdown: { gracePeriodSeconds: 30, preStopSeconds: 5 },
      security: { runAsNonRoot: true, readOnlyRootFilesystem: true, capabilities: [], apiToken: false },
      serviceAccount: s.name,
    });
    new ApiObject(this, 'image', {
      apiVersion: 'bench/v1',
      kind: 'Image',
      image: { repository: `benchregistry.azurecr.io/${s.image}`, tag: 'main-0-stable' },
    });
    new ApiObject(this, 'application', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: `prod-${s.name}`,
        namespace: 'argocd',
        annotations: { 'argocd.argoproj.io/manifest-generate-paths': `/chart;/prod/${s.name}` },
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
            valueFiles: [`/prod/${s.name}/values.yaml`, `/prod/${s.name}/image.yaml`],
          },
        },
        destination: { server: 'in-cluster', namespace: 'bench' },
        syncPolicy: {
          automated: { prune: true, selfHeal: false, allowEmpty: false },
          syncOptions: ['FailOnSharedResource=true', 'PruneLast=true'],
          retry: { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
        },
      },
    });
  }
}

function probe() {
  return {
    http: { path: '/health', port: 'http' },
    failureThreshold: 3,
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 2,
  };
}

const app = new App({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
for (const s of services) new Service(app, s);
app.synth();
