{{- /* Made by platform-compiler from platform.config.ts of ani-tech/ani-platform. */ -}}
{{- /* Do not edit: change it there, then run `npm run compile`. */ -}}
{{/*
The pods of all three kinds of service.

Strings go through quote and numbers through int64: to Helm every number is a float, and it prints 1000000 as 1e+06.
*/}}
{{- define "service.podTemplate" -}}
metadata:
  labels:
    {{- include "service.stableLabels" . | nindent 4 }}
    {{- if .Values.workloadIdentity }}
    {{- /* The webhook looks at the pod: with the annotations of the ServiceAccount alone it injects nothing. */}}
    azure.workload.identity/use: "true"
    {{- end }}
    {{- range $key, $value := .Values.podLabels }}
    {{ $key | quote }}: {{ $value | quote }}
    {{- end }}
  {{- with include "service.podAnnotations" . }}
  annotations:
    {{- . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ .Values.serviceAccount | quote }}
  automountServiceAccountToken: {{ .Values.security.apiToken }}
  {{- /* Otherwise every Service of the namespace adds variables such as SHOP_PORT, which a service may take for its own. */}}
  enableServiceLinks: false
  {{- if ne .Values.kind "deployment" }}
  {{- /* A failed pod is kept, with its logs, and the Job counts it. */}}
  restartPolicy: Never
  {{- end }}
  terminationGracePeriodSeconds: {{ .Values.shutdown.gracePeriodSeconds | int64 }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . | quote }}
    {{- end }}
  {{- end }}
  {{- with .Values.hostAliases }}
  hostAliases: {{ include "service.literal" . }}
  {{- end }}
  {{- with .Values.dnsConfig }}
  dnsConfig: {{ include "service.literal" . }}
  {{- end }}
  securityContext:
    {{- include "service.podSecurity" . | nindent 4 }}
  containers:
    - name: {{ .Values.name | quote }}
      image: {{ printf "%s:%s" .Values.image.repository .Values.image.tag | quote }}
      imagePullPolicy: IfNotPresent
      {{- with .Values.command }}
      command:
        {{- range . }}
        - {{ include "service.verbatim" . }}
        {{- end }}
      {{- end }}
      {{- with .Values.args }}
      args:
        {{- range . }}
        - {{ include "service.verbatim" . }}
        {{- end }}
      {{- end }}
      {{- with .Values.ports }}
      ports:
        {{- range $name, $port := . }}
        - name: {{ $name | quote }}
          containerPort: {{ $port.port | int64 }}
          protocol: {{ $port.protocol }}
        {{- end }}
      {{- end }}
      {{- /*
      A list, and no ConfigMap read by envFrom: the pod template changes with any variable, so pods restart, and a rollback brings
      back the old values, too. Secrets are named one by one: envFrom would start the pod without one that has not been sealed.
      */}}
      {{- if or .Values.envs .Values.secretEnvs }}
      env:
        {{- range $name, $value := .Values.envs }}
        - name: {{ $name | quote }}
          value: {{ include "service.verbatim" $value }}
        {{- end }}
        {{- range $name, $key := .Values.secretEnvs }}
        - name: {{ $name | quote }}
          valueFrom:
            secretKeyRef:
              name: {{ $.Values.secretName | quote }}
              key: {{ $key | quote }}
        {{- end }}
      {{- end }}
      resources:
        requests:
          cpu: {{ .Values.resources.requests.cpu | quote }}
          memory: {{ .Values.resources.requests.memory | quote }}
        limits:
          {{- with .Values.resources.limits.cpu }}
          cpu: {{ . | quote }}
          {{- end }}
          memory: {{ .Values.resources.limits.memory | quote }}
      {{- range $name := list "startup" "readiness" "liveness" }}
      {{- with index $.Values.probes $name }}
      {{ $name }}Probe:
        {{- include "service.probe" . | trim | nindent 8 }}
      {{- end }}
      {{- end }}
      {{- with .Values.shutdown.preStopSeconds }}
      {{- /*
      Endpoints are removed while the pod is told to end: it serves on until they are. Kubernetes sleeps by itself here, so an
      image needs no shell.
      */}}
      lifecycle:
        preStop:
          sleep:
            seconds: {{ . | int64 }}
      {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: {{ .Values.security.readOnlyRootFilesystem }}
        capabilities:
          drop: ["ALL"]
          {{- with .Values.security.capabilities }}
          add:
            {{- range . }}
            - {{ . | quote }}
            {{- end }}
          {{- end }}
      {{- with .Values.volumes }}
      volumeMounts:
        {{- range $name, $volume := . }}
        - name: {{ $name | quote }}
          mountPath: {{ $volume.mountPath | quote }}
          readOnly: {{ $volume.readOnly }}
        {{- end }}
      {{- end }}
  {{- with .Values.volumes }}
  volumes:
    {{- range $name, $volume := . }}
    - name: {{ $name | quote }}
      {{- include "service.volume" (dict "root" $ "name" $name "volume" $volume) | trim | nindent 6 }}
    {{- end }}
  {{- end }}
  {{- with .Values.scheduling.nodeSelector }}
  nodeSelector:
    {{- range $key, $value := . }}
    {{ $key | quote }}: {{ $value | quote }}
    {{- end }}
  {{- end }}
  {{- with .Values.scheduling.tolerations }}
  tolerations:
    {{- range . }}
    - key: {{ .key | quote }}
      operator: {{ .operator }}
      {{- with .value }}
      value: {{ . | quote }}
      {{- end }}
      {{- with .effect }}
      effect: {{ . }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- with .Values.scheduling.spread }}
  topologySpreadConstraints:
    {{- range . }}
    - maxSkew: 1
      topologyKey: {{ .topologyKey | quote }}
      whenUnsatisfiable: {{ ternary "DoNotSchedule" "ScheduleAnyway" .hard }}
      labelSelector:
        matchLabels:
          {{- include "service.selector" $ | nindent 10 }}
      {{- if eq $.Values.kind "deployment" }}
      {{- /* A rollout does not count the pods that it replaces. Only a Deployment's pods have the label. */}}
      matchLabelKeys: ["pod-template-hash"]
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}

{{/*
Files of a ConfigMap or Secret change under a running pod, and variables never do: a change of either is put into the pod
template, which restarts the pods. Of secrets, the ciphertext: sealing again what has not changed restarts them as well.
*/}}
{{- define "service.podAnnotations" -}}
{{- $files := dict }}
{{- range $name, $volume := .Values.volumes }}
{{- with $volume.config }}
{{- $_ := set $files $name .files }}
{{- end }}
{{- end }}
{{- $annotations := dict }}
{{- if ne .Values.kind "deployment" }}
{{- /* Taken from its node so that there is one node less, a job would have to start anew. podAnnotations can say otherwise. */}}
{{- $_ := set $annotations "cluster-autoscaler.kubernetes.io/safe-to-evict" "false" }}
{{- end }}
{{- range $key, $value := .Values.podAnnotations }}
{{- $_ := set $annotations $key $value }}
{{- end }}
{{- with $files }}
{{- $_ := set $annotations "checksum/config" (toJson . | sha256sum) }}
{{- end }}
{{- with .Values.sealedSecrets }}
{{- $_ := set $annotations "checksum/sealed-secrets" (toJson . | sha256sum) }}
{{- end }}
{{- $lines := list }}
{{- range $key, $value := $annotations }}
{{- $lines = append $lines (printf "%s: %s" (quote $key) (quote $value)) }}
{{- end }}
{{- join "\n" $lines }}
{{- end }}

{{- define "service.podSecurity" -}}
{{- $persistent := false }}
{{- range .Values.volumes }}
{{- if .persistent }}
{{- $persistent = true }}
{{- end }}
{{- end -}}
runAsNonRoot: {{ .Values.security.runAsNonRoot }}
{{- if hasKey .Values.security "runAsUser" }}
runAsUser: {{ .Values.security.runAsUser | int64 }}
{{- end }}
{{- if $persistent }}
{{- /*
A new disk belongs to root. This group is given to the disk and to every process of the pod, so any number does, whoever the
processes run as.
*/}}
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "service.probe" -}}
{{- with .http }}
httpGet:
  path: {{ .path | quote }}
  port: {{ .port | quote }}
{{- end }}
{{- with .tcp }}
tcpSocket:
  port: {{ .port | quote }}
{{- end }}
{{- with .command }}
exec:
  command:
    {{- range .command }}
    - {{ include "service.verbatim" . }}
    {{- end }}
{{- end }}
initialDelaySeconds: {{ .initialDelaySeconds | int64 }}
periodSeconds: {{ .periodSeconds | int64 }}
timeoutSeconds: {{ .timeoutSeconds | int64 }}
failureThreshold: {{ .failureThreshold | int64 }}
{{- end }}

{{- define "service.volume" -}}
{{- $root := .root }}
{{- $object := printf "%s.%s" .root.Values.name .name }}
{{- with .volume.ephemeral }}
emptyDir:
  sizeLimit: {{ .size | quote }}
  {{- if .inMemory }}
  medium: Memory
  {{- end }}
{{- end }}
{{- if .volume.persistent }}
persistentVolumeClaim:
  claimName: {{ $object | quote }}
{{- end }}
{{- if .volume.config }}
configMap:
  name: {{ $object | quote }}
{{- end }}
{{- with .volume.secret }}
secret:
  secretName: {{ $root.Values.secretName | quote }}
  items:
    {{- range $file, $key := .files }}
    - key: {{ $key | quote }}
      path: {{ $file | quote }}
    {{- end }}
{{- end }}
{{- end }}

{{/*
The spec of a Job, run by a schedule or once a release.
*/}}
{{- define "service.jobSpec" -}}
backoffLimit: {{ .Values.job.backoffLimit | int64 }}
activeDeadlineSeconds: {{ .Values.job.deadlineSeconds | int64 }}
{{- if eq .Values.kind "scheduledJob" }}
{{- /* A drained node is no failure of the job: another pod starts, and backoffLimit does not count the first. */}}
podFailurePolicy:
  rules:
    - action: Ignore
      onPodConditions:
        - type: DisruptionTarget
          {{- /* Up to Kubernetes 1.34 it has no default. */}}
          status: "True"
{{- end }}
template:
  {{- include "service.podTemplate" . | nindent 2 }}
{{- end }}
