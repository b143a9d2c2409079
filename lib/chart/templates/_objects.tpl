{{/*
The objects of one template, given as texts: one as it is, several as a List, whose items Argo CD, kubectl and Helm treat as objects
of their own. Documents parted by --- would be the same to them, but Helm 4 prints an empty line before --- and Helm 3 does not, and
the same values are to give the same bytes. That is also why each template ends in -}}, without a line break.
(list $ "config" (list "…" "…"))
*/}}
{{- define "service.objects" -}}
{{- $root := first . }}
{{- $name := index . 1 }}
{{- $objects := last . }}
{{- if eq (len $objects) 1 -}}
{{ first $objects }}
{{- else if $objects -}}
apiVersion: v1
kind: List
{{- /* Nothing reads a List's name, but helm lint asks for one. */}}
metadata:
  name: {{ printf "%s.%s" $root.Values.name $name | quote }}
items:
  {{- range $objects }}
  - {{ . | indent 4 | trim }}
  {{- end }}
{{- end }}
{{- end }}
