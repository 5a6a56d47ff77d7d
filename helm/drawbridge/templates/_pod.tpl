{{/* The pod of a server, the same in a Deployment and in a StatefulSet. */}}
{{- define "drawbridge.podTemplate" -}}
{{- $sqlite := eq .Values.store.type "sqlite" -}}
{{- $files := include "drawbridge.secretFiles" . | fromYaml -}}
{{- $redisTls := and (not $sqlite) .Values.store.redis.tls.existingSecret -}}
{{- $clustered := include "drawbridge.isClustered" . -}}
{{- $clusterTls := and $clustered .Values.cluster.certificates.existingSecret -}}
{{- $assets := include "drawbridge.assetsHaveVolume" . -}}
{{- $s3 := eq (include "drawbridge.assetsType" .) "s3" -}}
{{- $annotations := dict -}}
{{- /* Not of the secrets that are made once: they are not known yet when this is rendered for the first time. */}}
{{- $_ := set $annotations "checksum/secret" (include "drawbridge.givenSecrets" . | sha256sum) -}}
{{- with .Values.config -}}
{{- $_ := set $annotations "checksum/config" (toYaml . | sha256sum) -}}
{{- end -}}
{{- with .Values.schema.files -}}
{{- $_ := set $annotations "checksum/schema" (toYaml . | sha256sum) -}}
{{- end -}}
metadata:
  labels:
    {{- toYaml (merge (include "drawbridge.selectorLabels" . | fromYaml) .Values.podLabels .Values.commonLabels) | nindent 4 }}
  annotations:
    {{- toYaml (merge $annotations .Values.podAnnotations .Values.commonAnnotations) | nindent 4 }}
spec:
  serviceAccountName: {{ include "drawbridge.serviceAccountName" . }}
  automountServiceAccountToken: false
  # Else every service of the namespace is in the environment, which is where the settings come from.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ include "drawbridge.gracePeriodSeconds" . }}
  {{- with .Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.podSecurityContext }}
  securityContext:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.schedulerName }}
  schedulerName: {{ . }}
  {{- end }}
  {{- with .Values.runtimeClassName }}
  runtimeClassName: {{ . }}
  {{- end }}
  {{- with .Values.dnsPolicy }}
  dnsPolicy: {{ . }}
  {{- end }}
  {{- with .Values.dnsConfig }}
  dnsConfig:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.hostAliases }}
  hostAliases:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .Values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- range .Values.topologySpreadConstraints }}
    - {{- toYaml (merge dict . (dict "labelSelector" (dict "matchLabels" (include "drawbridge.selectorLabels" $ | fromYaml)))) | nindent 6 }}
    {{- end }}
  {{- else if include "drawbridge.isSeveral" . }}
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - topologyKey: {{ . }}
      maxSkew: 1
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "drawbridge.selectorLabels" $ | nindent 10 }}
    {{- end }}
  {{- end }}
  {{- with .Values.initContainers }}
  initContainers:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: drawbridge
      image: {{ include "drawbridge.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      {{- with .Values.securityContext }}
      securityContext:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      env:
        {{- range $property, $value := include "drawbridge.settings" . | fromYaml }}
        - name: {{ include "drawbridge.environmentName" $property }}
          value: {{ $value | quote }}
        {{- end }}
        {{- range $property, $secret := include "drawbridge.secretSettings" . | fromYaml }}
        - name: {{ include "drawbridge.environmentName" $property }}
          valueFrom:
            secretKeyRef:
              {{- toYaml $secret | nindent 14 }}
        {{- end }}
        {{- range $property, $path := include "drawbridge.fieldSettings" . | fromYaml }}
        - name: {{ include "drawbridge.environmentName" $property }}
          valueFrom:
            fieldRef:
              fieldPath: {{ $path }}
        {{- end }}
        {{- if and $s3 .Values.assets.s3.existingSecret }}
        {{- with .Values.assets.s3 }}
        - name: AWS_ACCESS_KEY_ID
          valueFrom:
            secretKeyRef:
              name: {{ .existingSecret }}
              key: {{ .existingSecretAccessKeyIdKey }}
        - name: AWS_SECRET_ACCESS_KEY
          valueFrom:
            secretKeyRef:
              name: {{ .existingSecret }}
              key: {{ .existingSecretSecretAccessKeyKey }}
        {{- end }}
        {{- end }}
        {{- with .Values.jvm.options }}
        - name: JAVA_TOOL_OPTIONS
          value: {{ . | quote }}
        {{- end }}
        {{- with .Values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .Values.extraEnvFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        - name: http
          containerPort: {{ .Values.ports.http }}
          protocol: TCP
        - name: management
          containerPort: {{ .Values.ports.management }}
          protocol: TCP
        {{- if $clustered }}
        - name: cluster
          containerPort: {{ .Values.ports.cluster }}
          protocol: TCP
        {{- end }}
      startupProbe:
        httpGet: { path: /actuator/health/liveness, port: management }
        {{- toYaml .Values.probes.startup | nindent 8 }}
      livenessProbe:
        httpGet: { path: /actuator/health/liveness, port: management }
        {{- toYaml .Values.probes.liveness | nindent 8 }}
      readinessProbe:
        httpGet: { path: /actuator/health/readiness, port: management }
        {{- toYaml .Values.probes.readiness | nindent 8 }}
      {{- if .Values.shutdown.delaySeconds }}
      lifecycle:
        preStop:
          # Proxies learn a moment later than the kubelet that this pod is going; until then it serves on.
          sleep:
            seconds: {{ .Values.shutdown.delaySeconds }}
      {{- end }}
      {{- with .Values.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if $sqlite }}
        - name: data
          mountPath: /data
        {{- end }}
        {{- if $assets }}
        - name: assets
          mountPath: {{ .Values.assets.directory }}
        {{- end }}
        {{- if $s3 }}
        - name: spool
          mountPath: /spool
        {{- end }}
        {{- if $files }}
        - name: secrets
          mountPath: /etc/drawbridge/secrets
          readOnly: true
        {{- end }}
        {{- if or .Values.schema.files .Values.schema.existingConfigMap }}
        - name: schema
          mountPath: /etc/drawbridge/schema
          readOnly: true
        {{- end }}
        {{- if .Values.config }}
        - name: config
          mountPath: /etc/drawbridge/config
          readOnly: true
        {{- end }}
        {{- if $redisTls }}
        - name: redis-tls
          mountPath: /etc/drawbridge/redis-tls
          readOnly: true
        {{- end }}
        {{- if $clusterTls }}
        - name: cluster-tls
          mountPath: /etc/drawbridge/cluster-tls
          readOnly: true
        {{- end }}
        {{- with .Values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    {{- with .Values.extraContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes:
    # SQLite's native library is unpacked here, and Tomcat has its folder.
    - name: tmp
      emptyDir:
        sizeLimit: {{ .Values.tmp.sizeLimit }}
    {{- if $sqlite }}
    {{- if not .Values.persistence.enabled }}
    - name: data
      emptyDir: {}
    {{- else if .Values.persistence.existingClaim }}
    - name: data
      persistentVolumeClaim:
        claimName: {{ .Values.persistence.existingClaim }}
    {{- end }}
    {{- end }}
    {{- if $assets }}
    - name: assets
      persistentVolumeClaim:
        claimName: {{ .Values.assets.persistence.existingClaim | default (printf "%s-assets" (include "drawbridge.fullname" .)) }}
    {{- end }}
    {{- if $s3 }}
    # Uploads that are not whole yet: on a volume of their own, since a pod whose volume is too full is evicted.
    - name: spool
      emptyDir:
        sizeLimit: {{ add (int .Values.assets.s3.spoolMegabytes) 64 }}Mi
    {{- end }}
    {{- if $files }}
    - name: secrets
      projected:
        defaultMode: 0440
        sources:
          {{- range $path, $secret := $files }}
          - secret:
              name: {{ $secret.name }}
              items:
                - key: {{ $secret.key }}
                  path: {{ $path }}
          {{- end }}
    {{- end }}
    {{- if or .Values.schema.files .Values.schema.existingConfigMap }}
    - name: schema
      configMap:
        name: {{ .Values.schema.existingConfigMap | default (printf "%s-schema" (include "drawbridge.fullname" .)) }}
    {{- end }}
    {{- if .Values.config }}
    - name: config
      configMap:
        name: {{ include "drawbridge.fullname" . }}
    {{- end }}
    {{- if $redisTls }}
    - name: redis-tls
      secret:
        secretName: {{ .Values.store.redis.tls.existingSecret }}
        defaultMode: 0440
    {{- end }}
    {{- if $clusterTls }}
    - name: cluster-tls
      secret:
        secretName: {{ .Values.cluster.certificates.existingSecret }}
        defaultMode: 0440
    {{- end }}
    {{- with .Values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
