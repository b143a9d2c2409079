{{- /* Made by platform-compiler from platform.config.ts of kiosk-corner/platform. */ -}}
{{- /* Do not edit: change it there, then run `npm run compile`. */ -}}
{{/*
The objects that one template makes of a service and of each release job of it: one as it is, several as a List, whose items Argo CD,
kubectl and Helm treat as objects of their own. Documents parted by --- would be the same to them, but Helm 4 prints an empty line
before --- and Helm 3 does not, and the same values are to give the same bytes. That is also why each template ends in -}}, without
a line break.

(list $ "accounts" "service.account"): what the List is called, and what makes one object of a context. A fourth item names a value,
such as "volumes": then one object is made of each of its entries, which the context has as .key and .entry. Text without an object
is left out.

A context is what Helm gives to templates, Values, Release and Chart: of the service its own, of a job the same with the job's values
in place of the service's. Name, platform and image are not written twice, so they cannot differ.
*/}}
{{- define "service.objects" -}}
{{- $root := first . }}
{{- $name := index . 1 }}
{{- $template := index . 2 }}
{{- $each := rest (slice . 2) }}
{{- $contexts := list $root }}
{{- range $job, $values := $root.Values.releaseJobs }}
{{- /* As values.yaml has it for the service: templates ask for entries of these. */}}
{{- $all := dict "envs" dict "probes" dict "scheduling" dict }}
{{- range $key, $value := $values }}
{{- $_ := set $all $key $value }}
{{- end }}
{{- range $key, $value := dict "name" $job "kind" "releaseJob" "partOf" $root.Values.partOf "image" $root.Values.image }}
{{- $_ := set $all $key $value }}
{{- end }}
{{- $contexts = append $contexts (dict "Values" $all "Release" $root.Release "Chart" $root.Chart) }}
{{- end }}
{{- $objects := list }}
{{- range $context := $contexts }}
{{- if $each }}
{{- range $key, $entry := index $context.Values (first $each) }}
{{- $inside := dict "Values" $context.Values "Release" $context.Release "Chart" $context.Chart "key" $key "entry" $entry }}
{{- $objects = append $objects (include $template $inside) }}
{{- end }}
{{- else }}
{{- $objects = append $objects (include $template $context) }}
{{- end }}
{{- end }}
{{- $objects = compact $objects }}
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
