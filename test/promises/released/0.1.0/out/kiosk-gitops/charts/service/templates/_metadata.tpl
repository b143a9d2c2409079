{{- /* Made by platform-compiler from platform.config.ts of kiosk-corner/platform. */ -}}
{{- /* Do not edit: change it there, then run `npm run compile`. */ -}}
{{/*
The labels that selectors use. A Deployment's selector is immutable, so nothing that ever changes may be among them.
*/}}
{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Values.name | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{/*
The labels of pods, by which logs and dashboards search, and of Secrets. Not the chart's version, whose change would restart every
service; not the image's tag, which may be longer than a label.
*/}}
{{- define "service.stableLabels" -}}
{{ include "service.selector" . }}
app.kubernetes.io/part-of: {{ .Values.partOf | quote }}
{{- end }}

{{- define "service.labels" -}}
{{ include "service.stableLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end }}

{{/*
Name, namespace and labels of an object. (list $ "shop.data")

The namespace is written out, because a SealedSecret can be opened in one namespace only: the one it was sealed for.
*/}}
{{- define "service.metadata" -}}
{{- $root := first . -}}
name: {{ last . | quote }}
namespace: {{ $root.Release.Namespace | quote }}
labels:
  {{- include "service.labels" $root | nindent 2 }}
{{- end }}

{{/*
The sync wave of what pods need in order to start, those of release jobs as well. Argo CD applies a wave when the one before is
healthy, so pods see the Secret that the controller made of this release's SealedSecret, and a SealedSecret that cannot be opened
stops the release before it replaces anything. Not for volume claims: they are bound, and so healthy, when a pod uses them, which
would be waited for forever.
*/}}
{{- define "service.beforePods" -}}
argocd.argoproj.io/sync-wave: "-2"
{{- end }}

{{/*
The sync wave of release jobs: the service they come before, and all else, has none and is applied when they have completed.
*/}}
{{- define "service.beforeRelease" -}}
argocd.argoproj.io/sync-wave: "-1"
{{- end }}
