{{/*
What the application is told, by the names of its properties; all of it becomes environment variables, so that `kubectl
describe` shows it. Empty values are left out: then the application's own default holds.
*/}}
{{- define "drawbridge.settings" -}}
{{- $v := .Values -}}
{{- $s := dict -}}
{{- $_ := set $s "server.port" $v.ports.http -}}
{{- $_ := set $s "management.server.port" $v.ports.management -}}
{{- $_ := set $s "management.prometheus.metrics.export.enabled" $v.metrics.enabled -}}
{{- $_ := set $s "spring.profiles.active" (join "," $v.profiles) -}}
{{- $_ := set $s "spring.lifecycle.timeout-per-shutdown-phase" (printf "%ss" (include "drawbridge.phaseSeconds" .)) -}}
{{- $_ := set $s "drawbridge.shutdown.timeout" (printf "%ds" (int $v.shutdown.timeoutSeconds)) -}}
{{- if $v.config -}}
{{- $_ := set $s "spring.config.additional-location" "file:/etc/drawbridge/config/" -}}
{{- end -}}
{{- if or $v.ingress.enabled $v.httpRoute.enabled -}}
{{- $_ := set $s "server.forward-headers-strategy" "native" -}}
{{- end -}}

{{- $_ := set $s "drawbridge.store.type" $v.store.type -}}
{{- if eq $v.store.type "sqlite" -}}
{{- $_ := set $s "drawbridge.store.sqlite.path" "/data/drawbridge.db" -}}
{{- else -}}
{{- $redis := $v.store.redis -}}
{{- $_ := set $s "drawbridge.store.redis.key-prefix" $redis.keyPrefix -}}
{{- if $redis.host -}}
{{- $_ := set $s "spring.data.redis.host" $redis.host -}}
{{- $_ := set $s "spring.data.redis.port" $redis.port -}}
{{- end -}}
{{- if $redis.sentinel.master -}}
{{- $_ := set $s "spring.data.redis.sentinel.master" $redis.sentinel.master -}}
{{- $_ := set $s "spring.data.redis.sentinel.nodes" (join "," $redis.sentinel.nodes) -}}
{{- $_ := set $s "spring.data.redis.sentinel.username" $redis.sentinel.username -}}
{{- end -}}
{{- $_ := set $s "spring.data.redis.cluster.nodes" (join "," $redis.cluster.nodes) -}}
{{- if $redis.database -}}
{{- $_ := set $s "spring.data.redis.database" $redis.database -}}
{{- end -}}
{{- $_ := set $s "spring.data.redis.username" $redis.username -}}
{{- $_ := set $s "spring.data.redis.timeout" $redis.timeout -}}
{{- if $redis.tls.enabled -}}
{{- $_ := set $s "spring.data.redis.ssl.enabled" true -}}
{{- if $redis.tls.existingSecret -}}
{{- $_ := set $s "spring.data.redis.ssl.bundle" "redis" -}}
{{- $_ := set $s "spring.ssl.bundle.pem.redis.truststore.certificate" "file:/etc/drawbridge/redis-tls/ca.crt" -}}
{{- if $redis.tls.clientCertificate -}}
{{- $_ := set $s "spring.ssl.bundle.pem.redis.keystore.certificate" "file:/etc/drawbridge/redis-tls/tls.crt" -}}
{{- $_ := set $s "spring.ssl.bundle.pem.redis.keystore.private-key" "file:/etc/drawbridge/redis-tls/tls.key" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- if include "drawbridge.isClustered" . -}}
{{- $_ := set $s "drawbridge.cluster.port" $v.ports.cluster -}}
{{- $_ := set $s "drawbridge.cluster.secret-file" "/etc/drawbridge/secrets/cluster-secret" -}}
{{- if $v.cluster.certificates.existingSecret -}}
{{- $_ := set $s "drawbridge.cluster.ssl-bundle" "cluster" -}}
{{- $_ := set $s "spring.ssl.bundle.pem.cluster.keystore.certificate" "file:/etc/drawbridge/cluster-tls/tls.crt" -}}
{{- $_ := set $s "spring.ssl.bundle.pem.cluster.keystore.private-key" "file:/etc/drawbridge/cluster-tls/tls.key" -}}
{{- $_ := set $s "spring.ssl.bundle.pem.cluster.truststore.certificate" "file:/etc/drawbridge/cluster-tls/ca.crt" -}}
{{- end -}}
{{- end -}}

{{- $_ := set $s "drawbridge.admin.enabled" $v.admin.enabled -}}
{{- if $v.admin.enabled -}}
{{- $_ := set $s "drawbridge.admin.token-file" "/etc/drawbridge/secrets/admin-token" -}}
{{- end -}}
{{- $_ := set $s "drawbridge.access.mode" $v.access.mode -}}
{{- if eq $v.access.mode "jwt" -}}
{{- $jwt := $v.access.jwt -}}
{{- if include "drawbridge.jwtHasSecret" . -}}
{{- $_ := set $s "drawbridge.access.jwt.secret-file" "/etc/drawbridge/secrets/jwt-secret" -}}
{{- end -}}
{{- $_ := set $s "drawbridge.access.jwt.public-key" $jwt.publicKey -}}
{{- $_ := set $s "drawbridge.access.jwt.jwks-uri" $jwt.jwksUri -}}
{{- $_ := set $s "drawbridge.access.jwt.issuer-uri" $jwt.issuerUri -}}
{{- $_ := set $s "drawbridge.access.jwt.audience" $jwt.audience -}}
{{- $_ := set $s "drawbridge.access.jwt.algorithms" (join "," $jwt.algorithms) -}}
{{- $_ := set $s "drawbridge.access.jwt.cookie" $jwt.cookie -}}
{{- $_ := set $s "drawbridge.access.jwt.claims.user-id" $jwt.claims.userId -}}
{{- $_ := set $s "drawbridge.access.jwt.claims.name" $jwt.claims.name -}}
{{- $_ := set $s "drawbridge.access.jwt.claims.rooms" $jwt.claims.rooms -}}
{{- $_ := set $s "drawbridge.access.jwt.claims.permission" $jwt.claims.permission -}}
{{- $_ := set $s "drawbridge.access.jwt.claims.object-access" $jwt.claims.objectAccess -}}
{{- else if eq $v.access.mode "webhook" -}}
{{- $_ := set $s "drawbridge.access.webhook.url" $v.access.webhook.url -}}
{{- $_ := set $s "drawbridge.access.webhook.timeout" $v.access.webhook.timeout -}}
{{- $_ := set $s "drawbridge.access.webhook.cache-ttl" $v.access.webhook.cacheTtl -}}
{{- end -}}
{{- if or $v.schema.files $v.schema.existingConfigMap -}}
{{- $_ := set $s "drawbridge.schema.files" "file:/etc/drawbridge/schema/*.json" -}}
{{- end -}}
{{- $_ := set $s "drawbridge.schema.unknown-types" $v.schema.unknownTypes -}}
{{- if $v.schema.comments -}}
{{- $_ := set $s "drawbridge.schema.comments" true -}}
{{- end -}}
{{- $_ := set $s "drawbridge.schema.object-types" (join "," $v.schema.objectTypes) -}}
{{- $_ := set $s "drawbridge.schema.migrator.url" $v.schema.migrator.url -}}
{{- $_ := set $s "drawbridge.schema.authorizer.url" $v.schema.authorizer.url -}}
{{- $_ := set $s "drawbridge.schema.authorizer.types" (join "," $v.schema.authorizer.types) -}}
{{- $_ := set $s "drawbridge.websocket.allowed-origins" (join "," $v.websocket.allowedOrigins) -}}
{{- $_ := set $s "drawbridge.websocket.compression" $v.websocket.compression -}}
{{- $_ := set $s "drawbridge.whiteboard.enabled" $v.whiteboard.enabled -}}
{{- $_ := set $s "drawbridge.whiteboard.license-key" $v.whiteboard.licenseKey -}}
{{- $_ := set $s "drawbridge.console.enabled" $v.console.enabled -}}
{{- $assets := include "drawbridge.assetsType" . -}}
{{- $_ := set $s "drawbridge.assets.type" $assets -}}
{{- if eq $assets "files" -}}
{{- $_ := set $s "drawbridge.assets.directory" $v.assets.directory -}}
{{- else if eq $assets "s3" -}}
{{- $s3 := $v.assets.s3 -}}
{{- $_ := set $s "drawbridge.assets.s3.bucket" $s3.bucket -}}
{{- $_ := set $s "drawbridge.assets.s3.prefix" $s3.prefix -}}
{{- $_ := set $s "drawbridge.assets.s3.endpoint" $s3.endpoint -}}
{{- $_ := set $s "drawbridge.assets.s3.region" $s3.region -}}
{{- $_ := set $s "drawbridge.assets.s3.path-style" $s3.pathStyle -}}
{{- $_ := set $s "drawbridge.assets.s3.spool-directory" "/spool" -}}
{{- $_ := set $s "drawbridge.assets.s3.spool-limit" (printf "%dMB" (int $s3.spoolMegabytes)) -}}
{{- end -}}
{{- $history := include "drawbridge.historyType" . -}}
{{- if eq $history "none" -}}
{{- $_ := set $s "drawbridge.history.enabled" false -}}
{{- else -}}
{{- $_ := set $s "drawbridge.history.type" $history -}}
{{- $_ := set $s "drawbridge.history.every" $v.history.every -}}
{{- if eq $history "files" -}}
{{- $_ := set $s "drawbridge.history.directory" $v.assets.directory -}}
{{- end -}}
{{- end -}}
{{- range $i, $webhook := $v.webhooks -}}
{{- $at := printf "drawbridge.webhooks.%d." $i -}}
{{- $_ := set $s (print $at "name") (default "" $webhook.name) -}}
{{- $_ := set $s (print $at "url") $webhook.url -}}
{{- $_ := set $s (print $at "secret-file") (printf "/etc/drawbridge/secrets/webhook-%d" $i) -}}
{{- if $webhook.existingSecretPreviousKey -}}
{{- $_ := set $s (print $at "previous-secret-file") (printf "/etc/drawbridge/secrets/webhook-%d-previous" $i) -}}
{{- end -}}
{{- $_ := set $s (print $at "events") (join "," $webhook.events) -}}
{{- $_ := set $s (print $at "rooms") (default "" $webhook.rooms) -}}
{{- $_ := set $s (print $at "diff") (default "" $webhook.diff) -}}
{{- $_ := set $s (print $at "timeout") (default "" $webhook.timeout) -}}
{{- $_ := set $s (print $at "give-up-after") (default "" $webhook.giveUpAfter) -}}
{{- $_ := set $s (print $at "concurrency") (default "" $webhook.concurrency) -}}
{{- end -}}
{{- range $property, $value := $s -}}
{{- if ne (toString $value) "" }}
{{ $property }}: {{ $value | toString | quote }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "drawbridge.assetsType" -}}
{{- .Values.assets.type | default (ternary "files" "none" (eq .Values.store.type "sqlite")) -}}
{{- end -}}

{{/* Where versions are: beside the rooms, or where assets are, whose names are others. */}}
{{- define "drawbridge.historyType" -}}
{{- if not .Values.history.enabled -}}
none
{{- else if eq .Values.store.type "sqlite" -}}
auto
{{- else -}}
{{- include "drawbridge.assetsType" . -}}
{{- end -}}
{{- end -}}

{{/* "true" when the folder of assets is on a volume of its own. */}}
{{- define "drawbridge.assetsHaveVolume" -}}
{{- if and .Values.assets.persistence.enabled (eq (include "drawbridge.assetsType" .) "files") -}}true{{- end -}}
{{- end -}}

{{/* What only the pod knows of itself, by property: the path of a field. */}}
{{- define "drawbridge.fieldSettings" -}}
{{- if include "drawbridge.isClustered" . }}
drawbridge.cluster.address: status.podIP
{{- end }}
{{- end -}}

{{- define "drawbridge.jwtHasSecret" -}}
{{- with .Values.access.jwt -}}
{{- if or .secret .generateSecret .existingSecret -}}true{{- end -}}
{{- end -}}
{{- end -}}

{{/*
The secrets that are environment variables, by property: the Secret and the key in it. Where the application can read a
file, it gets one: the environment of a process is shown by too many tools.
*/}}
{{- define "drawbridge.secretSettings" -}}
{{- $name := include "drawbridge.fullname" . -}}
{{- if eq .Values.store.type "redis" -}}
{{- with .Values.store.redis -}}
{{- if and .existingSecret .existingSecretUrlKey }}
spring.data.redis.url: { name: {{ .existingSecret }}, key: {{ .existingSecretUrlKey }} }
{{- else if .url }}
spring.data.redis.url: { name: {{ $name }}, key: redis-url }
{{- end }}
{{- if and .existingSecret .existingSecretPasswordKey }}
spring.data.redis.password: { name: {{ .existingSecret }}, key: {{ .existingSecretPasswordKey }} }
{{- else if .password }}
spring.data.redis.password: { name: {{ $name }}, key: redis-password }
{{- end }}
{{- if .sentinel.master }}
{{- if and .existingSecret .existingSecretSentinelPasswordKey }}
spring.data.redis.sentinel.password: { name: {{ .existingSecret }}, key: {{ .existingSecretSentinelPasswordKey }} }
{{- else if .sentinel.password }}
spring.data.redis.sentinel.password: { name: {{ $name }}, key: redis-sentinel-password }
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq .Values.access.mode "webhook" }}
{{- with .Values.access.webhook }}
{{- if .existingSecret }}
drawbridge.access.webhook.secret: { name: {{ .existingSecret }}, key: {{ .existingSecretKey }} }
{{- else if .secret }}
drawbridge.access.webhook.secret: { name: {{ $name }}, key: webhook-secret }
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.schema.migrator }}
{{- if and .url .existingSecret }}
drawbridge.schema.migrator.token: { name: {{ .existingSecret }}, key: {{ .existingSecretKey }} }
{{- end }}
{{- end }}
{{- with .Values.schema.authorizer }}
{{- if and .url .existingSecret }}
drawbridge.schema.authorizer.token: { name: {{ .existingSecret }}, key: {{ .existingSecretKey }} }
{{- end }}
{{- end }}
{{- end -}}

{{/* The secrets that are files, by file name: the Secret and the key in it. */}}
{{- define "drawbridge.secretFiles" -}}
{{- $name := include "drawbridge.fullname" . -}}
{{- with .Values.admin }}
{{- if .enabled }}
admin-token: { name: {{ default $name .existingSecret }}, key: {{ ternary .existingSecretKey "admin-token" (ne .existingSecret "") }} }
{{- end }}
{{- end }}
{{- if include "drawbridge.isClustered" . }}
{{- with .Values.cluster }}
cluster-secret: { name: {{ default $name .existingSecret }}, key: {{ ternary .existingSecretKey "cluster-secret" (ne .existingSecret "") }} }
{{- end }}
{{- end }}
{{- if and (eq .Values.access.mode "jwt") (include "drawbridge.jwtHasSecret" .) }}
{{- with .Values.access.jwt }}
jwt-secret: { name: {{ default $name .existingSecret }}, key: {{ ternary .existingSecretKey "jwt-secret" (ne .existingSecret "") }} }
{{- end }}
{{- end }}
{{- range $i, $webhook := .Values.webhooks }}
webhook-{{ $i }}: { name: {{ $webhook.existingSecret }}, key: {{ default "webhook-secret" $webhook.existingSecretKey }} }
{{- if $webhook.existingSecretPreviousKey }}
webhook-{{ $i }}-previous: { name: {{ $webhook.existingSecret }}, key: {{ $webhook.existingSecretPreviousKey }} }
{{- end }}
{{- end }}
{{- end -}}

{{/* What is in the release's own Secret because a value gives it. */}}
{{- define "drawbridge.givenSecrets" -}}
{{- with .Values.admin }}
{{- if and .enabled .token (not .existingSecret) }}
admin-token: {{ .token | quote }}
{{- end }}
{{- end }}
{{- if include "drawbridge.isClustered" . }}
{{- with .Values.cluster }}
{{- if and .secret (not .existingSecret) }}
cluster-secret: {{ .secret | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq .Values.access.mode "jwt" }}
{{- with .Values.access.jwt }}
{{- if and .secret (not .existingSecret) }}
jwt-secret: {{ .secret | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq .Values.access.mode "webhook" }}
{{- with .Values.access.webhook }}
{{- if and .secret (not .existingSecret) }}
webhook-secret: {{ .secret | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq .Values.store.type "redis" }}
{{- with .Values.store.redis }}
{{- if and .url (not (and .existingSecret .existingSecretUrlKey)) }}
redis-url: {{ .url | quote }}
{{- end }}
{{- if and .password (not (and .existingSecret .existingSecretPasswordKey)) }}
redis-password: {{ .password | quote }}
{{- end }}
{{- if and .sentinel.master .sentinel.password (not (and .existingSecret .existingSecretSentinelPasswordKey)) }}
redis-sentinel-password: {{ .sentinel.password | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The names of those that are made once. */}}
{{- define "drawbridge.generatedSecrets" -}}
{{- with .Values.admin }}
{{- if and .enabled (not .token) (not .existingSecret) }}
admin-token: true
{{- end }}
{{- end }}
{{- if include "drawbridge.isClustered" . }}
{{- with .Values.cluster }}
{{- if and (not .secret) (not .existingSecret) }}
cluster-secret: true
{{- end }}
{{- end }}
{{- end }}
{{- if eq .Values.access.mode "jwt" }}
{{- with .Values.access.jwt }}
{{- if and .generateSecret (not .secret) (not .existingSecret) }}
jwt-secret: true
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* drawbridge.store.redis.key-prefix → DRAWBRIDGE_STORE_REDIS_KEYPREFIX, as Spring's relaxed binding has it. */}}
{{- define "drawbridge.environmentName" -}}
{{- . | replace "-" "" | replace "." "_" | upper -}}
{{- end -}}

{{/* All properties of a nested map, dotted and in lower case without dashes, into a dict: dict "map" "prefix" "into". */}}
{{- define "drawbridge.flatten" -}}
{{- $into := .into -}}
{{- $prefix := .prefix -}}
{{- range $key, $value := .map -}}
{{- $path := printf "%s%s" $prefix ($key | toString | replace "-" "" | lower) -}}
{{- if kindIs "map" $value -}}
{{- include "drawbridge.flatten" (dict "map" $value "prefix" (printf "%s." $path) "into" $into) -}}
{{- else -}}
{{- $_ := set $into $path true -}}
{{- end -}}
{{- end -}}
{{- end -}}
