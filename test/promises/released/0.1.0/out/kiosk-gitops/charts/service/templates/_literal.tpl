{{- /* Made by platform-compiler from platform.config.ts of kiosk-corner/platform. */ -}}
{{- /* Do not edit: change it there, then run `npm run compile`. */ -}}
{{/*
A value that the chart does not look into, on one line. Instead of toYaml, which writes some characters so that they are read as
others (U+0085 as a space) or not at all: Helm leaves out an object with U+007F in it, without a word. quote escapes them.
*/}}
{{- define "service.literal" -}}
{{- $items := list -}}
{{- if kindIs "map" . -}}
{{- range $key, $value := . }}{{ $items = append $items (printf "%s: %s" (quote $key) (include "service.literal" $value)) }}{{ end -}}
{ {{- join ", " $items -}} }
{{- else if kindIs "slice" . -}}
{{- range . }}{{ $items = append $items (include "service.literal" .) }}{{ end -}}
[{{- join ", " $items -}}]
{{- else if kindIs "string" . -}}
{{- quote . -}}
{{- else -}}
{{- toJson . -}}
{{- end -}}
{{- end }}

{{/*
A text that the container is to see as it is. In variables, arguments and commands, those of probes as well, Kubernetes replaces
$(NAME) by a variable, and $$ by $.
*/}}
{{- define "service.verbatim" -}}
{{- . | replace "$" "$$" | quote -}}
{{- end }}
