#!/usr/bin/env bash
# Packages the three services so that the JDK's own class loader loads everything, and trains an AOT cache for each (JDK 25, JEP 483
# and 515) on a simulated call: SERVICE/target/aot/{SERVICE.jar,lib/,SERVICE.aot}. Started as
#   java -XX:AOTCache=SERVICE.aot -jar SERVICE.jar
# A cache fits the very JDK and the collector it was made with; with others the service starts as if there were none.
#   scripts/train-aot.sh            (JAVA_HOME: a JDK 25)
set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$ROOT"
JAVA_HOME=$(./telephony jdk)
export JAVA_HOME

./mvnw -B -ntp -q ${MAVEN_OPTIONS-} -Dquick -Dquarkus.package.jar.type=legacy-jar package -pl frontdoor,stream,action,simulator -am
for service in frontdoor stream action; do
    aot=$service/target/aot
    rm -rf "$aot"
    mkdir -p "$aot"
    mv "$service"/target/*-runner.jar "$aot/$service.jar"
    mv "$service/target/lib" "$aot/lib"
done

# The processes write their caches when they end.
"$JAVA_HOME/bin/java" -Dtelephony.packaging=aot-training -Dstdout.encoding=UTF-8 --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
    -cp "simulator/target/classes:$(cat simulator/target/classpath)" org.telephonystack.simulator.demo.Demo demo
ls -l frontdoor/target/aot/frontdoor.aot stream/target/aot/stream.aot action/target/aot/action.aot
