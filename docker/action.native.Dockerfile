# syntax=docker/dockerfile:1
# voice-action as a native executable. From the repository's root: docker build -f docker/action.native.Dockerfile -t telephony/voice-action:dev-native .
#
# Bases by tag; a release pins them by digest: `docker buildx imagetools inspect IMAGE:TAG` prints it, FROM IMAGE:TAG@sha256:… keeps it.
FROM quay.io/quarkus/ubi9-quarkus-mandrel-builder-image:jdk-25 AS build
USER root
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY shared-model shared-model
COPY shared-quarkus shared-quarkus
COPY simulator simulator
COPY frontdoor frontdoor
COPY stream stream
COPY action action
COPY e2e/pom.xml e2e/pom.xml
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -Dquick -Dnative package -pl action -am
RUN mkdir -p /build/recordings

FROM quay.io/quarkus/ubi9-quarkus-micro-image:2.0
COPY --from=build --chown=1001:0 --chmod=0555 /build/action/target/*-runner /deployments/voice-action
# Where `telephony.recording.folder` may point: a volume takes the owner of what it is mounted on.
COPY --from=build --chown=1001:0 /build/recordings/ /recordings/
# A number: the kubelet cannot see that a name is not root.
USER 1001
EXPOSE 8080 9000
# Callbacks, tools, texts. With words behind it, one command instead: `business apply FILE`, `clients import FILE.csv`, `migrate`.
ENTRYPOINT ["/deployments/voice-action", "-Dquarkus.http.host=0.0.0.0", "-Dquarkus.management.host=0.0.0.0"]
