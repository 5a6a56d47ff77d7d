{{/*
Names. The longest that is made of one is "<fullname>-management", and a StatefulSet puts "-<hash>" of eleven characters
into a label of its pods: so 51 characters, of at most 63.
*/}}
{{- define "drawbridge.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 51 | trimSuffix "-" -}}
{{- end -}}

{{- define "drawbridge.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 51 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 51 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 51 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "drawbridge.serviceAccountName" -}}
{{- default (ternary (include "drawbridge.fullname" .) "default" .Values.serviceAccount.create) .Values.serviceAccount.name -}}
{{- end -}}

{{/* What selects the servers' pods; never changed, since selectors cannot be. */}}
{{- define "drawbridge.selectorLabels" -}}
app.kubernetes.io/name: {{ include "drawbridge.name" . }}
app.kubernetes.io/instance: {{ .Release.Name | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/component: server
{{- end -}}

{{/*
The metadata of an object, but for its braces: dict "root" $ "name" "component" "labels" "annotations" "namespace".
*/}}
{{- define "drawbridge.metadata" -}}
{{- $root := .root -}}
{{- $labels := merge (dict
  "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-")
  "app.kubernetes.io/version" ($root.Chart.AppVersion | replace "+" "_" | trunc 63 | trimSuffix "-")
  "app.kubernetes.io/managed-by" $root.Release.Service
  "app.kubernetes.io/part-of" "drawbridge"
  "app.kubernetes.io/component" (default "server" .component)
) (include "drawbridge.selectorLabels" $root | fromYaml) (default dict .labels) $root.Values.commonLabels -}}
{{- $annotations := merge dict (default dict .annotations) $root.Values.commonAnnotations -}}
name: {{ .name }}
namespace: {{ default $root.Release.Namespace .namespace }}
labels:
  {{- toYaml $labels | nindent 2 }}
{{- with $annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "drawbridge.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/*
The drain: first the pod leaves the endpoints, then rooms are put away, then the web server finishes requests; Spring gives
each of the latter two the same patience.
*/}}
{{- define "drawbridge.phaseSeconds" -}}
{{- add .Values.shutdown.timeoutSeconds 5 -}}
{{- end -}}

{{- define "drawbridge.neededGracePeriodSeconds" -}}
{{- add .Values.shutdown.delaySeconds (mul 2 (int (include "drawbridge.phaseSeconds" .))) 5 -}}
{{- end -}}

{{- define "drawbridge.gracePeriodSeconds" -}}
{{- if kindIs "invalid" .Values.shutdown.gracePeriodSeconds -}}
{{- include "drawbridge.neededGracePeriodSeconds" . -}}
{{- else -}}
{{- int .Values.shutdown.gracePeriodSeconds -}}
{{- end -}}
{{- end -}}

{{/*
"true" when servers share the rooms. With one replica too: while it is updated there are two, and the old one hands its rooms
to the new one.
*/}}
{{- define "drawbridge.isClustered" -}}
{{- if eq .Values.store.type "redis" -}}true{{- end -}}
{{- end -}}

{{- define "drawbridge.hasDisruptionBudget" -}}
{{- if kindIs "invalid" .Values.podDisruptionBudget.enabled -}}
{{- include "drawbridge.isSeveral" . -}}
{{- else if .Values.podDisruptionBudget.enabled -}}true{{- end -}}
{{- end -}}

{{/* "true" when there may be more than one server at a time, but for updates. */}}
{{- define "drawbridge.isSeveral" -}}
{{- if or .Values.autoscaling.enabled (gt (int .Values.replicaCount) 1) -}}true{{- end -}}
{{- end -}}
