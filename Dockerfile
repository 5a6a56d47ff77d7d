# syntax=docker/dockerfile:1

# The whiteboard at / and the console at /console, static pages.
FROM node:22-bookworm-slim AS pages
WORKDIR /build
COPY src/build-page.mjs ./
COPY src/whiteboard whiteboard
COPY src/console console
RUN CI=true node whiteboard/build.mjs static && CI=true node console/build.mjs static/console

# The server, as one jar.
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY src/main src/main
COPY --from=pages /build/static src/main/resources/static
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -q package -Dmaven.test.skip=true -Dspotless.check.skip=true

# deploy/prove-image.sh reads what follows, and does it without Docker: keep to COPY, RUN, ENV, WORKDIR, relative paths.

# Libraries change seldom and the server often: each in a layer of its own.
FROM eclipse-temurin:25-jre AS layers
WORKDIR /layers
COPY --from=build /build/target/drawbridge-*.jar app.jar
RUN java -Djarmode=tools -jar app.jar extract --layers --application-filename drawbridge.jar --destination extracted

FROM eclipse-temurin:25-jre
WORKDIR /app
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/spring-boot-loader/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
COPY deploy/jvm.args deploy/healthcheck.sh ./

# A start of the server, up to where it would listen, with the flags of the real one: a cache of another collector or
# another layout of objects would be thrown away. It is trained here and not in a stage before, since the cache also
# knows where the jars are and when they were made. The heap is small here because on a large machine it would be one of
# more than 32 GB, whose references have another width.
RUN java -XX:AOTCacheOutput=drawbridge.aot @jvm.args -Xmx512m -Dspring.context.exit=onRefresh -jar drawbridge.jar --drawbridge.store.sqlite.path=training/drawbridge.db --drawbridge.assets.directory=training/assets && rm -rf training drawbridge.aot.config
RUN install -d -o 10001 -g 10001 /data

ENV DRAWBRIDGE_STORE_SQLITE_PATH=/data/drawbridge.db
ENV DRAWBRIDGE_ASSETS_DIRECTORY=/data/assets
# By number, so that Kubernetes can see that it is not root. Writes nowhere but to /data and /tmp.
USER 10001:10001
VOLUME /data
EXPOSE 8080
# Docker's; Kubernetes has its probes.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s CMD ["bash", "healthcheck.sh"]
ENTRYPOINT ["java", "-XX:AOTCache=drawbridge.aot", "@jvm.args", "-jar", "drawbridge.jar"]

# Last, so that a new version alone changes no layer.
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Drawbridge" \
      org.opencontainers.image.description="A durable collaboration server for tldraw whiteboards" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25-jre"
