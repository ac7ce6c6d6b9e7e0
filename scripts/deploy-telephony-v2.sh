#!/usr/bin/env bash
# The whole of it onto the cluster of kubectl's current context: secrets checked, schema migrated, three services replaced one pod at a time.
#   scripts/deploy-telephony-v2.sh [OVERLAY]      production where none is named
# One service alone: ./telephony deploy OVERLAY SERVICE. Back: ./telephony rollback OVERLAY SERVICE.
set -eu
exec "$(cd "$(dirname "$0")" && pwd)/cluster.sh" deploy "${1:-production}"
