# syntax=docker/dockerfile:1
# voice-action on the JVM. From the repository's root: docker build -f docker/action.Dockerfile -t telephony/voice-action:dev .
#
# Bases by tag; a release pins them by digest: `docker buildx imagetools inspect IMAGE:TAG` prints it, FROM IMAGE:TAG@sha256:… keeps it.
FROM registry.access.redhat.com/ubi9/openjdk-25:1.24 AS build
USER root
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml telephony ./
COPY scripts scripts
COPY shared-model shared-model
COPY shared-quarkus shared-quarkus
COPY simulator simulator
COPY frontdoor frontdoor
COPY stream stream
COPY action action
COPY e2e/pom.xml e2e/pom.xml
# Packaged for the JDK's own class loader, and trained on a simulated call: what was loaded and compiled then need not be again. An image
# whose training failed starts more slowly and is otherwise the same. The cache fits this JDK alone: both stages have the same one.
RUN --mount=type=cache,target=/root/.m2 scripts/train-aot.sh || echo "no AOT cache for voice-action"
RUN mkdir -p /build/recordings

FROM registry.access.redhat.com/ubi9/openjdk-25-runtime:1.24
# Slow to fast: libraries change with a platform, our classes with every commit. Times of files are kept: the cache looks at them.
COPY --from=build --chown=1001:0 /build/action/target/aot/lib/ /deployments/lib/
COPY --from=build --chown=1001:0 /build/action/target/aot/action.* /deployments/
# Where `telephony.recording.folder` may point: a volume takes the owner of what it is mounted on.
COPY --from=build --chown=1001:0 /build/recordings/ /recordings/
# A number: the kubelet cannot see that a name is not root.
USER 1001
EXPOSE 8080 9000
# Callbacks, tools, texts. With words behind it, one command instead: `business apply FILE`, `clients import FILE.csv`, `migrate`.
# exec form and no script: SIGTERM reaches the JVM. The root may be read-only; /tmp is all that is written to.
ENTRYPOINT ["java", "-XX:AOTCache=/deployments/action.aot", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=/tmp", "-Dquarkus.http.host=0.0.0.0", "-Dquarkus.management.host=0.0.0.0", "-jar", "/deployments/action.jar"]
