{{/* Fails with everything that contradicts itself, each with what to change. What the schema can see is left to it. */}}
{{- define "drawbridge.validate" -}}
{{- $v := .Values -}}
{{- $faults := list -}}

{{- if and (include "drawbridge.isSeveral" .) (eq $v.store.type "sqlite") -}}
{{- $faults = append $faults "store.type is sqlite, which is one server's own: set store.type to redis, or replicaCount to 1 and autoscaling.enabled to false." -}}
{{- end -}}
{{- $cluster := $v.cluster -}}
{{- if include "drawbridge.isClustered" . -}}
{{- if and $cluster.secret $cluster.existingSecret -}}
{{- $faults = append $faults "cluster.secret and cluster.existingSecret are both set: keep one of them." -}}
{{- else if and $cluster.secret (lt (len $cluster.secret) 16) -}}
{{- $faults = append $faults "cluster.secret is too short: make it 16 characters or more." -}}
{{- end -}}
{{- else if or $cluster.secret $cluster.existingSecret $cluster.certificates.existingSecret -}}
{{- $faults = append $faults "cluster has a secret or certificates, but store.type is sqlite, which is one server's own: set store.type to redis, or remove them." -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas)) -}}
{{- $faults = append $faults "autoscaling.minReplicas is more than autoscaling.maxReplicas: change one of them." -}}
{{- end -}}
{{- if and $v.autoscaling.enabled (not $v.autoscaling.targetCPUUtilizationPercentage) (not $v.autoscaling.targetSessionsPerPod) -}}
{{- $faults = append $faults "autoscaling.enabled is true, but nothing says by what: set autoscaling.targetCPUUtilizationPercentage or autoscaling.targetSessionsPerPod." -}}
{{- end -}}

{{- $redis := $v.store.redis -}}
{{- $ways := list -}}
{{- if $redis.url -}}{{- $ways = append $ways "url" -}}{{- end -}}
{{- if $redis.existingSecretUrlKey -}}{{- $ways = append $ways "existingSecretUrlKey" -}}{{- end -}}
{{- if $redis.host -}}{{- $ways = append $ways "host" -}}{{- end -}}
{{- if or $redis.sentinel.master $redis.sentinel.nodes -}}{{- $ways = append $ways "sentinel" -}}{{- end -}}
{{- if $redis.cluster.nodes -}}{{- $ways = append $ways "cluster" -}}{{- end -}}
{{- if eq $v.store.type "redis" -}}
{{- if not $ways -}}
{{- $faults = append $faults "store.type is redis, but nothing says where it is: set one of store.redis.url, .existingSecretUrlKey, .host, .sentinel.master and .nodes, or .cluster.nodes." -}}
{{- else if gt (len $ways) 1 -}}
{{- $faults = append $faults (printf "store.redis says in several ways where Redis is (%s): keep one of them." (join ", " $ways)) -}}
{{- end -}}
{{- if and $redis.existingSecretUrlKey (not $redis.existingSecret) -}}
{{- $faults = append $faults "store.redis.existingSecretUrlKey is set without a Secret: set store.redis.existingSecret, or remove it." -}}
{{- end -}}
{{- if or (and $redis.sentinel.master (not $redis.sentinel.nodes)) (and $redis.sentinel.nodes (not $redis.sentinel.master)) -}}
{{- $faults = append $faults "store.redis.sentinel needs both a master and nodes: set the other one too." -}}
{{- end -}}
{{- if and $redis.cluster.nodes $redis.database -}}
{{- $faults = append $faults "store.redis.database is set, but Redis Cluster has only database 0: remove it, and use store.redis.keyPrefix to keep installations apart." -}}
{{- end -}}
{{- if and $redis.url (not $redis.existingSecretUrlKey) -}}
{{- if and $redis.tls.enabled (not (hasPrefix "rediss://" $redis.url)) -}}
{{- $faults = append $faults "store.redis.tls.enabled is true, but store.redis.url does not begin with rediss://: change one of them." -}}
{{- end -}}
{{- end -}}
{{- if and $redis.tls.existingSecret (not $redis.tls.enabled) -}}
{{- $faults = append $faults "store.redis.tls.existingSecret is set, but TLS is off: set store.redis.tls.enabled to true, or remove it." -}}
{{- end -}}
{{- if and $redis.tls.clientCertificate (not $redis.tls.existingSecret) -}}
{{- $faults = append $faults "store.redis.tls.clientCertificate is true, but there is no certificate: set store.redis.tls.existingSecret." -}}
{{- end -}}
{{- if $v.persistence.existingClaim -}}
{{- $faults = append $faults "persistence.existingClaim is set, but store.type is redis, which keeps nothing on a volume: remove it, or set store.type to sqlite." -}}
{{- end -}}
{{- else -}}
{{- if $ways -}}
{{- $faults = append $faults (printf "store.redis says where Redis is (%s), but store.type is sqlite: set store.type to redis, or remove it." (join ", " $ways)) -}}
{{- end -}}
{{- if and $v.persistence.existingClaim (not $v.persistence.enabled) -}}
{{- $faults = append $faults "persistence.existingClaim is set, but persistence.enabled is false: change one of them." -}}
{{- end -}}
{{- end -}}

{{- $assets := $v.assets -}}
{{- if eq (include "drawbridge.assetsType" .) "s3" -}}
{{- if not $assets.s3.bucket -}}
{{- $faults = append $faults "assets.type is s3, but nothing says which bucket: set assets.s3.bucket." -}}
{{- end -}}
{{- else if or $assets.s3.bucket $assets.s3.existingSecret -}}
{{- $faults = append $faults (printf "assets.s3 has a bucket or a Secret, but images and videos are kept elsewhere (%s): set assets.type to s3, or remove them." (include "drawbridge.assetsType" .)) -}}
{{- end -}}
{{- if $assets.persistence.enabled -}}
{{- if or (eq $v.store.type "sqlite") (ne (include "drawbridge.assetsType" .) "files") -}}
{{- $faults = append $faults "assets.persistence.enabled is true, but only with store.type redis and assets.type files is there a folder for that volume: change one of them." -}}
{{- else if and (not $assets.persistence.existingClaim) (not (has "ReadWriteMany" $assets.persistence.accessModes)) -}}
{{- $faults = append $faults "assets.persistence.accessModes has no ReadWriteMany, but all servers need the same folder, and in an update there are two of them: set it to [ReadWriteMany], or assets.type to s3." -}}
{{- end -}}
{{- else if $assets.persistence.existingClaim -}}
{{- $faults = append $faults "assets.persistence.existingClaim is set, but assets.persistence.enabled is false: change one of them." -}}
{{- else if eq (include "drawbridge.assetsType" .) "files" -}}
{{- $mounted := list -}}
{{- if eq $v.store.type "sqlite" -}}{{- $mounted = append $mounted "/data" -}}{{- end -}}
{{- range $v.extraVolumeMounts -}}{{- $mounted = append $mounted (trimSuffix "/" .mountPath) -}}{{- end -}}
{{- $there := false -}}
{{- range $mounted -}}
{{- if hasPrefix (printf "%s/" .) (printf "%s/" $assets.directory) -}}{{- $there = true -}}{{- end -}}
{{- end -}}
{{- if not $there -}}
{{- $faults = append $faults (printf "assets.type is files, but no volume is at assets.directory (%s)%s: set assets.persistence.enabled to true, mount one there (extraVolumes, extraVolumeMounts), or set assets.type to s3." $assets.directory (ternary "" ", and the servers need the same one" (eq $v.store.type "sqlite"))) -}}
{{- end -}}
{{- end -}}

{{- $jwt := $v.access.jwt -}}
{{- $keys := list -}}
{{- if include "drawbridge.jwtHasSecret" . -}}{{- $keys = append $keys "secret" -}}{{- end -}}
{{- if $jwt.publicKey -}}{{- $keys = append $keys "publicKey" -}}{{- end -}}
{{- if $jwt.jwksUri -}}{{- $keys = append $keys "jwksUri" -}}{{- end -}}
{{- if eq $v.access.mode "jwt" -}}
{{- if and (not $keys) (not $jwt.issuerUri) -}}
{{- $faults = append $faults "access.mode is jwt, but there is nothing to check tokens with: set one of access.jwt.secret, .generateSecret, .existingSecret, .publicKey, .jwksUri or .issuerUri." -}}
{{- else if gt (len $keys) 1 -}}
{{- $faults = append $faults (printf "access.jwt has several keys (%s): keep one of them." (join ", " $keys)) -}}
{{- end -}}
{{- if and $jwt.secret (not $jwt.existingSecret) (lt (len $jwt.secret) 32) -}}
{{- $faults = append $faults "access.jwt.secret is too short for HS256: make it 32 characters or more." -}}
{{- end -}}
{{- else if or $keys $jwt.issuerUri -}}
{{- $faults = append $faults (printf "access.jwt has a key or an issuer, but access.mode is %s: set access.mode to jwt, or remove them." $v.access.mode) -}}
{{- end -}}
{{- if and (eq $v.access.mode "webhook") (not $v.access.webhook.url) -}}
{{- $faults = append $faults "access.mode is webhook, but nobody is there to ask: set access.webhook.url." -}}
{{- end -}}
{{- if and (ne $v.access.mode "webhook") $v.access.webhook.url -}}
{{- $faults = append $faults (printf "access.webhook.url is set, but access.mode is %s: set access.mode to webhook, or remove it." $v.access.mode) -}}
{{- end -}}
{{- if and $v.schema.files $v.schema.existingConfigMap -}}
{{- $faults = append $faults "schema.files and schema.existingConfigMap are both set: keep one of them." -}}
{{- end -}}
{{- if and $v.schema.migrator.existingSecret (not $v.schema.migrator.url) -}}
{{- $faults = append $faults "schema.migrator.existingSecret is set, but nobody is there to ask: set schema.migrator.url." -}}
{{- end -}}
{{- if and $v.schema.authorizer.existingSecret (not $v.schema.authorizer.url) -}}
{{- $faults = append $faults "schema.authorizer.existingSecret is set, but nobody is there to ask: set schema.authorizer.url." -}}
{{- end -}}
{{- if and $v.schema.authorizer.types (not $v.schema.authorizer.url) -}}
{{- $faults = append $faults "schema.authorizer.types is set, but nobody is there to ask: set schema.authorizer.url." -}}
{{- end -}}
{{- if and $v.schema.authorizer.url (not $v.schema.authorizer.types) -}}
{{- $faults = append $faults "schema.authorizer.url is set, but nothing is asked there: name record types in schema.authorizer.types." -}}
{{- end -}}
{{- if and $v.admin.token $v.admin.existingSecret -}}
{{- $faults = append $faults "admin.token and admin.existingSecret are both set: keep one of them." -}}
{{- end -}}
{{- if and $jwt.secret $jwt.existingSecret -}}
{{- $faults = append $faults "access.jwt.secret and access.jwt.existingSecret are both set: keep one of them." -}}
{{- end -}}

{{- if $v.ingress.enabled -}}
{{- if not $v.ingress.hosts -}}
{{- $faults = append $faults "ingress.enabled is true, but it has no host: set ingress.hosts." -}}
{{- end -}}
{{- end -}}
{{- if $v.httpRoute.enabled -}}
{{- if not $v.httpRoute.parentRefs -}}
{{- $faults = append $faults "httpRoute.enabled is true, but it belongs to no gateway: set httpRoute.parentRefs." -}}
{{- end -}}
{{- end -}}

{{- $metrics := $v.metrics -}}
{{- if not $metrics.enabled -}}
{{- range $name := list "serviceMonitor" "prometheusRule" "dashboard" -}}
{{- if (index $metrics $name).enabled -}}
{{- $faults = append $faults (printf "metrics.%s.enabled is true, but metrics.enabled is false: change one of them." $name) -}}
{{- end -}}
{{- end -}}
{{- if and $v.autoscaling.enabled $v.autoscaling.targetSessionsPerPod -}}
{{- $faults = append $faults "autoscaling.targetSessionsPerPod needs a metric, but metrics.enabled is false: change one of them." -}}
{{- end -}}
{{- end -}}
{{- if and $v.metrics.serviceMonitor.enabled $v.networkPolicy.enabled (not $v.networkPolicy.management.from) -}}
{{- $faults = append $faults "metrics.serviceMonitor.enabled is true, but the network policy lets nobody scrape: set networkPolicy.management.from to where your Prometheus runs." -}}
{{- end -}}

{{- $pdb := $v.podDisruptionBudget -}}
{{- if include "drawbridge.hasDisruptionBudget" . -}}
{{- $fewest := ternary (int $v.autoscaling.minReplicas) (int $v.replicaCount) $v.autoscaling.enabled -}}
{{- if and (not (kindIs "invalid" $pdb.minAvailable)) (not (kindIs "invalid" $pdb.maxUnavailable)) -}}
{{- $faults = append $faults "podDisruptionBudget has both minAvailable and maxUnavailable: set one of them to null." -}}
{{- else if kindIs "invalid" $pdb.minAvailable -}}
{{- if kindIs "invalid" $pdb.maxUnavailable -}}
{{- $faults = append $faults "podDisruptionBudget says nothing: set minAvailable or maxUnavailable, or enabled to false." -}}
{{- else if eq (toString $pdb.maxUnavailable | trimSuffix "%" | int) 0 -}}
{{- $faults = append $faults "podDisruptionBudget.maxUnavailable is 0, so no node could ever be drained: set it to 1." -}}
{{- end -}}
{{- else -}}
{{- $least := int (toString $pdb.minAvailable | trimSuffix "%") -}}
{{- if hasSuffix "%" (toString $pdb.minAvailable) -}}
{{- $least = int (divf (mulf $least $fewest) 100 | ceil) -}}
{{- end -}}
{{- if and (gt $fewest 0) (ge $least $fewest) -}}
{{- $faults = append $faults (printf "podDisruptionBudget.minAvailable is %v of %d, so no node could ever be drained: use maxUnavailable: 1 instead." $pdb.minAvailable $fewest) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- if eq (int $v.ports.http) (int $v.ports.management) -}}
{{- $faults = append $faults "ports.http and ports.management are the same, so that metrics would be as public as the whiteboard: change one of them." -}}
{{- end -}}
{{- if and (include "drawbridge.isClustered" .) (has (int $v.ports.cluster) (list (int $v.ports.http) (int $v.ports.management))) -}}
{{- $faults = append $faults "ports.cluster is another port too: change one of them." -}}
{{- end -}}
{{- $needed := int (include "drawbridge.neededGracePeriodSeconds" .) -}}
{{- if lt (int (include "drawbridge.gracePeriodSeconds" .)) $needed -}}
{{- $faults = append $faults (printf "shutdown.gracePeriodSeconds is %d, so servers could be killed while they put rooms away: set it to %d or more, or to null." (int $v.shutdown.gracePeriodSeconds) $needed) -}}
{{- end -}}
{{- if and (not $v.serviceAccount.create) $v.serviceAccount.annotations -}}
{{- $faults = append $faults "serviceAccount.annotations are set, but serviceAccount.create is false: change one of them." -}}
{{- end -}}
{{- if and (eq $v.service.type "ClusterIP") $v.service.nodePort -}}
{{- $faults = append $faults "service.nodePort is set, but service.type is ClusterIP: set it to NodePort or LoadBalancer, or remove nodePort." -}}
{{- end -}}

{{- $set := dict -}}
{{- include "drawbridge.flatten" (dict "map" (include "drawbridge.settings" . | fromYaml) "prefix" "" "into" $set) -}}
{{- range $property, $_ := include "drawbridge.secretSettings" . | fromYaml -}}
{{- $_ := set $set ($property | replace "-" "" | lower) true -}}
{{- end -}}
{{- range $property, $_ := include "drawbridge.fieldSettings" . | fromYaml -}}
{{- $_ := set $set $property true -}}
{{- end -}}
{{- $configured := dict -}}
{{- include "drawbridge.flatten" (dict "map" $v.config "prefix" "" "into" $configured) -}}
{{- range $property, $_ := $configured -}}
{{- if hasKey $set $property -}}
{{- $faults = append $faults (printf "config sets %s, which the chart sets from a value of its own: remove it from config, and set that value." $property) -}}
{{- end -}}
{{- end -}}
{{- range $v.extraEnv -}}
{{- if hasKey $set (.name | replace "_" "." | lower) -}}
{{- $faults = append $faults (printf "extraEnv sets %s, which the chart sets from a value of its own: remove it from extraEnv, and set that value." .name) -}}
{{- end -}}
{{- if and (eq .name "JAVA_TOOL_OPTIONS") $v.jvm.options -}}
{{- $faults = append $faults "extraEnv sets JAVA_TOOL_OPTIONS, and jvm.options is set too: keep one of them." -}}
{{- end -}}
{{- end -}}

{{- if $faults -}}
{{- fail (printf "\n\nThese values contradict each other:\n  - %s\n" (join "\n  - " $faults)) -}}
{{- end -}}
{{- end -}}
