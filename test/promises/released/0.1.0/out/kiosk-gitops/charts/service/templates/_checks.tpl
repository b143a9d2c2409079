{{- /* Made by platform-compiler from platform.config.ts of kiosk-corner/platform. */ -}}
{{- /* Do not edit: change it there, then run `npm run compile`. */ -}}
{{/*
What the schema cannot express: values that fit together in no way, most of which Kubernetes would accept without a word.
*/}}
{{- define "service.checks" -}}
{{- if hasKey (default dict .Values.releaseJobs) .Values.name }}
{{- fail (printf "releaseJobs: a job cannot be called %q like the service" .Values.name) }}
{{- end }}
{{- range $name, $probe := .Values.probes }}
{{- $check := $probe.http | default $probe.tcp | default dict }}
{{- if and $check.port (not (hasKey $.Values.ports $check.port)) }}
{{- fail (printf "probes.%s: there is no port %q" $name $check.port) }}
{{- end }}
{{- end }}
{{- with .Values.ingress }}
{{- range .hosts }}
{{- $host := .host }}
{{- range .paths }}
{{- if not (hasKey $.Values.ports .port) }}
{{- fail (printf "ingress: %s%s leads to port %q, which does not exist" $host .path .port) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- range $name, $key := .Values.secretEnvs }}
{{- if hasKey $.Values.envs $name }}
{{- fail (printf "%s is in envs and in secretEnvs" $name) }}
{{- end }}
{{- end }}
{{- with .Values.shutdown }}
{{- if ge (int64 .preStopSeconds) (int64 .gracePeriodSeconds) }}
{{- fail (printf "shutdown: preStopSeconds %d leaves nothing of gracePeriodSeconds %d" (int64 .preStopSeconds) (int64 .gracePeriodSeconds)) }}
{{- end }}
{{- end }}
{{- with .Values.autoscaling }}
{{- if gt (int64 .minReplicas) (int64 .maxReplicas) }}
{{- fail (printf "autoscaling: minReplicas %d is above maxReplicas %d" (int64 .minReplicas) (int64 .maxReplicas)) }}
{{- end }}
{{- end }}
{{- end }}
