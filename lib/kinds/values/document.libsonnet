// Helm values of one service in one environment (chart `service`, schema ../../chart/values.schema.json), or of a job that comes
// before a service: then they are part of that service's values, and say nothing that it says.
// slice: { platform: its name, service: Service of lib/model/model.ts }, complete, sorted and formatted there: nothing is
// defaulted, looked up or joined here. Lists become maps by name, so that extraHelmValues reaches into them. What is null or
// empty is left out. No image: image.yaml has it, which argocd-image-updater owns.

// the fields of an object that are not null
local present(object) = { [key]: object[key] for key in std.objectFields(object) if object[key] != null };

// what says which sort a check or a volume is becomes the key of what only this sort has: { http: { path, port } }
local check(c) = { [c.kind]: { [key]: c[key] for key in std.objectFields(c) if key != 'kind' } };
local probe(p) = check(p.check) {
  initialDelaySeconds: p.initialDelaySeconds,
  periodSeconds: p.periodSeconds,
  timeoutSeconds: p.timeoutSeconds,
  failureThreshold: p.failureThreshold,
};
local common = { kind: true, mountPath: true, name: true, readOnly: true };
local volume(v) = {
  mountPath: v.mountPath,
  readOnly: v.readOnly,
  [v.kind]: { [key]: v[key] for key in std.objectFields(v) if !(key in common) },
};

local ingress(i) = {
  className: i.className,
  issuer: i.issuer,
  tlsSecret: i.tlsSecret,
  [if std.length(i.annotations) > 0 then 'annotations']: i.annotations,
  hosts: i.hosts,
};

function(slice)
  local s = slice.service;
  local probes = { [name]: probe(s.probes[name]) for name in std.objectFields(s.probes) if s.probes[name] != null };
  local some(list) = std.length(list) > 0;
  local whole = {
    name: s.name,
    partOf: slice.platform,
    kind: s.kind,
  };
  local own = {
    [if s.replicaCount != null then 'replicaCount']: s.replicaCount,
    [if s.autoscaling != null then 'autoscaling']: present(s.autoscaling),
    [if s.disruptionBudget != null then 'disruptionBudget']: s.disruptionBudget,
    [if s.schedule != null then 'schedule']: s.schedule,
    [if s.job != null then 'job']: s.job,
    envs: { [env.name]: env.value for env in s.envs },
    // sealed or not: one that is not sealed yet keeps pods from starting
    [if some(s.secretEnvs) then 'secretEnvs']: { [env.name]: env.secret for env in s.secretEnvs },
    sealedSecrets: { [secret.name]: secret.ciphertext for secret in s.sealedSecrets if secret.ciphertext != null },
    secretName: s.secretName,
    [if s.command != null then 'command']: s.command,
    [if s.args != null then 'args']: s.args,
    [if some(s.ports) then 'ports']: { [port.name]: { port: port.port, protocol: port.protocol } for port in s.ports },
    [if s.ingress != null then 'ingress']: ingress(s.ingress),
    [if some(probes) then 'probes']: probes,
    resources: { requests: s.resources.requests, limits: present(s.resources.limits) },
    [if some(s.volumes) then 'volumes']: { [v.name]: volume(v) for v in s.volumes },
    scheduling: {
      nodeSelector: s.scheduling.nodeSelector,
      [if some(s.scheduling.tolerations) then 'tolerations']: [present(t) for t in s.scheduling.tolerations],
      [if some(s.scheduling.spread) then 'spread']: s.scheduling.spread,
    },
    shutdown: s.shutdown,
    security: present(s.security),
    serviceAccount: s.serviceAccount,
    // With the tenant alone the webhook would give pods an identity that is none.
    [if s.workloadIdentity != null && s.workloadIdentity.clientId != null then 'workloadIdentity']: s.workloadIdentity,
    [if some(s.extraManifests) then 'extraManifests']: s.extraManifests,
  };
  if s.before == null then whole + own else { releaseJobs: { [s.name]: own } }
