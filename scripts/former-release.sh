#!/usr/bin/env bash
# When a release is made: writes down what its services ask of the database, by listening during the end-to-end tests (ten minutes).
# The next release's schema is tested with it (FormerReleaseTest): while a deployment runs, and after a rollback, both ask.
#   scripts/former-release.sh
set -eu
ROOT=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$ROOT"
JAVA_HOME=$(./telephony jdk)
export JAVA_HOME
heard=$(mktemp -d)
trap 'rm -rf "$heard"' EXIT
# PostgreSQL does not run as root, who may be who calls this.
chmod 777 "$heard"
./mvnw -B -ntp ${MAVEN_OPTIONS-} verify -pl e2e -am -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dtelephony.postgres.statements="$heard"
file=action/src/test/resources/former-release.sql
{
    sed -n '/^--/p' "$file"
    "$JAVA_HOME/bin/java" -cp "simulator/target/classes:$(cat simulator/target/classpath)" org.telephonystack.simulator.stack.SqlLog "$heard"
} >"$heard/statements"
cat "$heard/statements" >"$file"
wc -l "$file"
