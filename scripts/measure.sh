#!/usr/bin/env bash
# The tables of docs/measured.md, on this machine. Packaged before: `./mvnw -Dquick package` for fast-jar, scripts/train-aot.sh for aot,
# `./mvnw -Dquick -Dnative package` for native (left out where there is none).
#   scripts/measure.sh [start|greeting|frames]     all where none is named; about twelve minutes
set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$ROOT"
java=$(./telephony jdk)/bin/java

measure() { # JVM-OPTION WORD...
    option=$1
    shift
    "$java" "$option" -Dstdout.encoding=UTF-8 --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
        -cp "simulator/target/classes:$(cat simulator/target/classpath)" org.telephonystack.simulator.measure.Measure "$@" | grep '^|'
}

if [ "${1:-start}" = start ]; then
    echo "| service | packaging | start | processor time to there and 3 s more | resident |"
    echo "|---|---|---|---|---|"
    [ ! -f stream/target/quarkus-app/quarkus-run.jar ] || measure -Dtelephony.packaging=fast-jar start
    [ ! -f stream/target/aot/stream.aot ] || measure -Dtelephony.packaging=aot start
    ! ls stream/target/*-runner >/dev/null 2>&1 || measure -Dtelephony.native=true start
fi
if [ "${1:-greeting}" = greeting ]; then
    echo "| packaging | calls | number | with a warm connection | lookup p50 | mean | p50 | p99 |"
    echo "|---|---|---|---|---|---|---|---|"
    [ ! -f stream/target/quarkus-app/quarkus-run.jar ] || measure -Dtelephony.packaging=fast-jar greeting
    [ ! -f stream/target/aot/stream.aot ] || measure -Dtelephony.packaging=aot greeting
fi
if [ "${1:-frames}" = frames ]; then
    echo "| tracing | frames | processor time per frame |"
    echo "|---|---|---|"
    measure -Dtelephony.packaging=fast-jar frames
    measure -Dtelephony.packaging=fast-jar frames traced
fi
