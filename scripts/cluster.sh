#!/usr/bin/env bash
# The commands of ./telephony that speak to a cluster, and `logs`. Thin over kubectl: what it is told is shown first.
set -eu

ROOT=$(cd "$(dirname "$0")/.." && pwd)
NAMESPACE=telephony
SECRET=telephony
SERVICES="voice-frontdoor voice-stream voice-action"
DEPLOYED=telephonystack.org/deployed
MIGRATION=app.kubernetes.io/name=voice-action-migration

usage() {
    cat >&2 <<'TEXT'
Usage: ./telephony COMMAND

  logs SERVICE [--tail] [--call CA…] [--overlay OVERLAY] [--json]
                                                           of `./telephony up`; with an overlay: of the cluster.
                                                           JSON lines are shown as people read them, unless --json
  deploy OVERLAY [SERVICE]                                 migrate, apply, wait until all pods are new
  restart OVERLAY [SERVICE]                                new pods, for new secrets
  rollback OVERLAY [SERVICE [--to REVISION]]               to what ran before (or that revision), and wait; without
                                                           a service all that the last deployment replaced
  secrets list OVERLAY                                     names, and whether they are set; never a value
  secrets set OVERLAY NAME                                 the value comes from the keyboard or a pipe; an empty one unsets

SERVICE: voice-frontdoor, voice-stream, voice-action. OVERLAY: a folder of k8s/overlays. The cluster is kubectl's current context.
TEXT
    exit 2
}

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$@"
    exit 1
}

k() {
    say "+ kubectl $*"
    kubectl "$@"
}

need_overlay() { # OVERLAY
    [ -n "${1-}" ] || usage
    command -v kubectl >/dev/null 2>&1 || die "kubectl is not installed: https://kubernetes.io/docs/tasks/tools"
    case "$1" in
        */* | .*) die "There is no overlay $1." ;;
    esac
    overlay=$ROOT/k8s/overlays/$1
    [ -d "$overlay" ] || die "There is no overlay $1: k8s/overlays has $(cd "$ROOT/k8s/overlays" && echo *)."
}

need_service() { # SERVICE
    case " $SERVICES " in
        *" ${1:-none} "*) ;;
        *) die "There is no service ${1:-(none named)}: $SERVICES." ;;
    esac
}

# The secrets that the overlay refers to: `NAME required` or `NAME optional`.
wanted() {
    kubectl kustomize "$overlay" | awk '
        /secretKeyRef:/ { inside = 3; key = ""; next }
        inside > 0 {
            inside--
            if ($1 == "key:") { key = $2; if (!(key in kind)) kind[key] = ""; uses[key]++ }
            else if ($1 == "optional:") optional[key]++
            else if ($1 != "name:") inside = 0
        }
        END { for (name in uses) print name, (optional[name] == uses[name] ? "optional" : "required") }' | sort
}

present() {
    kubectl -n "$NAMESPACE" get secret "$SECRET" --ignore-not-found \
        -o 'go-template={{range $name, $value := .data}}{{$name}}{{"\n"}}{{end}}'
}

secrets_list() {
    there=$(present) || die "The cluster does not say which secrets it has."
    wanted | while read -r name kind; do
        if printf '%s\n' "$there" | grep -qx "$name"; then
            printf '%-30s set\n' "$name"
        else
            printf '%-30s not set (%s)\n' "$name" "$kind"
        fi
    done
}

secrets_set() { # NAME
    wanted | grep -q "^$1 " || die "$1 is no secret of this overlay: \`./telephony secrets list $(basename "$overlay")\` names them."
    if [ -t 0 ]; then
        printf '%s (not shown): ' "$1" >&2
        IFS= read -rs value || true
        say ""
    else
        value=$(cat)
    fi
    kubectl get namespace "$NAMESPACE" >/dev/null 2>&1 || k create namespace "$NAMESPACE"
    kubectl -n "$NAMESPACE" get secret "$SECRET" >/dev/null 2>&1 || k -n "$NAMESPACE" create secret generic "$SECRET"
    encoded=null
    [ -z "$value" ] || encoded=\"$(printf %s "$value" | base64 | tr -d '\n')\"
    # By a pipe: what stands on a command line, every user of this machine can read.
    printf '{"data":{"%s":%s}}' "$1" "$encoded" | k -n "$NAMESPACE" patch secret "$SECRET" --type=merge --patch-file=/dev/stdin
    say "Pods read it when they start: ./telephony restart $(basename "$overlay")"
}

wait_for() { # SERVICE...
    for service in "$@"; do
        k -n "$NAMESPACE" rollout status "deployment/$service" --timeout=10m
    done
}

apply() { # [SELECTOR]
    say "+ kubectl kustomize $overlay | kubectl apply -f - ${1+-l} ${1-}"
    applied=$(kubectl kustomize "$overlay" | kubectl apply -f - ${1+-l "$1"})
    [ -z "$applied" ] || printf '%s\n' "$applied"
}

# Which services the deployment replaces, for `rollback`.
note_deployed() {
    now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    for service in $(printf '%s\n' "$applied" | sed -nE 's|^deployment.apps/([^ ]+) (configured\|created)$|\1|p'); do
        k -n "$NAMESPACE" annotate "deployment/$service" "$DEPLOYED=$now" --overwrite
    done
}

# The schema first: each migration lets the pods of the former version run.
migrate() {
    kubectl get namespace "$NAMESPACE" >/dev/null 2>&1 || k create namespace "$NAMESPACE"
    # A Job cannot be changed.
    k -n "$NAMESPACE" delete job voice-action-migration --ignore-not-found
    apply "app.kubernetes.io/component in (database, migration)"
    say "+ waiting for job/voice-action-migration, at most 10 minutes"
    end=$(job_end)
    if [ "$end" != Complete ]; then
        kubectl -n "$NAMESPACE" get pods -l "$MIGRATION" >&2 || true
        # Of each attempt.
        kubectl -n "$NAMESPACE" logs -l "$MIGRATION" --prefix --tail=20 >&2 || true
        die "The schema was not migrated (${end:-not done after 10 minutes}), and no pod was replaced."
    fi
}

# `Complete` or `Failed`, as soon as it is either; kubectl's own wait knows one of them at a time.
job_end() {
    looks=300
    while [ "$looks" != 0 ]; do
        looks=$((looks - 1))
        # An API server that is away for a moment is asked again.
        ends=$(kubectl -n "$NAMESPACE" get job voice-action-migration \
            -o 'jsonpath={range .status.conditions[?(@.status=="True")]}{.type}{"\n"}{end}') || ends=
        case " $(printf %s "$ends" | tr '\n' ' ') " in
            *" Complete "*) echo Complete && return ;;
            *" Failed "*) echo Failed && return ;;
        esac
        sleep 2
    done
}

deploy() { # [SERVICE]
    listed=$(secrets_list) || exit 1
    missing=$(printf '%s\n' "$listed" | sed -n 's/ *not set (required)$//p')
    [ -z "$missing" ] || die "Secrets are missing; \`./telephony secrets set $(basename "$overlay") NAME\` sets one:" "$missing"
    if [ $# = 0 ]; then
        migrate
        apply
        note_deployed
        wait_for $SERVICES
    else
        [ "$1" != voice-action ] || migrate
        apply "app.kubernetes.io/component in (settings, ${1#voice-})"
        note_deployed
        wait_for "$1"
    fi
}

restart() { # SERVICE...
    for service in "$@"; do
        k -n "$NAMESPACE" rollout restart "deployment/$service"
    done
    wait_for "$@"
}

# REVISION IMAGE-NOW IMAGE-THEN of the newest revision whose pods were others than those that run: a restart makes a revision of
# its own with the same pods. Nothing where there is none.
former() { # SERVICE
    kubectl -n "$NAMESPACE" get replicasets -l "app.kubernetes.io/name=$1" -o 'go-template={{range .items}}{{index .metadata.annotations "deployment.kubernetes.io/revision"}} {{(index .spec.template.spec.containers 0).image}} {{printf "%q" .spec.template.spec}}{{"\n"}}{{end}}' |
        sort -k1,1nr |
        awk '{ image = $2; pods = $0; sub(/^[^ ]+ /, "", pods) }
            NR == 1 { now = pods; running = image; next }
            pods != now { print $1, running, image; exit }'
}

# The services whose pods the last deployment replaced; all where nobody noted it.
deployed_last() {
    noted=$(kubectl -n "$NAMESPACE" get deployments \
        -o "go-template={{range .items}}{{with .metadata.annotations}}{{with index . \"$DEPLOYED\"}}{{.}}{{else}}-{{end}}{{else}}-{{end}} {{.metadata.name}}{{\"\n\"}}{{end}}")
    last=$(printf '%s\n' "$noted" | sed -n 's/^\([0-9][^ ]*\) .*/\1/p' | sort | tail -n 1)
    for service in $SERVICES; do
        if [ -z "$last" ] || printf '%s\n' "$noted" | grep -qx "$last $service"; then
            echo "$service"
        fi
    done
}

rollback() { # [SERVICE [--to REVISION]]
    case "${2-}" in
        "") ;;
        --to)
            k -n "$NAMESPACE" rollout undo "deployment/$1" --to-revision="${3:?a revision: kubectl -n $NAMESPACE rollout history deployment/$1}"
            wait_for "$1"
            return
            ;;
        *) usage ;;
    esac
    services=${1-$(deployed_last)}
    back=
    for service in $services; do
        found=$(former "$service")
        [ -n "$found" ] || die "$service: no former revision differs from what runs; nothing was changed."
        # shellcheck disable=SC2086
        set -- $found
        say "$service: $2 -> $3 (revision $1)"
        back="$back $service=$1"
    done
    for step in $back; do
        k -n "$NAMESPACE" rollout undo "deployment/${step%=*}" --to-revision="${step#*=}"
    done
    # shellcheck disable=SC2086
    wait_for $services
}

# `{"timestamp":T,…,"level":L,"message":"M",…}` as `T L M`; what is no such object, and what carries an exception, stays as it is.
readable() {
    # Line by line; macOS names it -l.
    unbuffered=-u
    sed -u p </dev/null >/dev/null 2>&1 || unbuffered=-l
    sed "$unbuffered" -E -e '/"exception":/b' \
        -e 's/^(\[[^]]*\] )?\{.*"timestamp":"([^"]*)".*"level":"([A-Z]*)","message":"(([^"\\]|\\.)*)".*\}$/\1\2 \3 \4/' \
        -e t -e b
}

logs() { # SERVICE [--tail] [--call CA…] [--overlay OVERLAY] [--json]
    need_service "${1-}"
    service=$1
    shift
    follow=
    call=
    cluster=
    shown=readable
    while [ $# != 0 ]; do
        case "$1" in
            --tail) follow=yes ;;
            --json) shown=cat ;;
            --call)
                call=${2:-}
                [ -n "$call" ] || usage
                shift
                ;;
            --overlay)
                need_overlay "${2-}"
                cluster=yes
                shift
                ;;
            *) usage ;;
        esac
        shift
    done
    if [ -n "$cluster" ]; then
        lines() { k -n "$NAMESPACE" logs -l "app.kubernetes.io/name=$service" --prefix --max-log-requests=50 --tail=-1 ${follow:+-f}; }
    else
        file=$ROOT/target/stack/${service#voice-}.log
        [ -f "$file" ] || die "There is no log of $service here: \`./telephony up\` writes it."
        if [ -n "$follow" ]; then
            lines() { tail -n 20 -f "$file"; }
        else
            lines() { cat "$file"; }
        fi
    fi
    # A line that is not found is no failure.
    if [ -n "$call" ]; then
        lines | (grep -F --line-buffered -e "$call" || true) | $shown
    else
        lines | $shown
    fi
}

command=${1-}
[ $# = 0 ] || shift
case "$command" in
    logs) logs "$@" ;;
    deploy | restart)
        need_overlay "${1-}"
        shift
        if [ $# != 0 ]; then need_service "$1"; fi
        if [ "$command" = deploy ]; then
            deploy "$@"
        elif [ $# = 0 ]; then
            restart $SERVICES
        else
            restart "$1"
        fi
        ;;
    rollback)
        need_overlay "${1-}"
        shift
        # The revisions of one service say nothing of another's.
        if [ $# != 0 ]; then need_service "$1"; fi
        rollback "$@"
        ;;
    secrets)
        need_overlay "${2-}"
        case "$1 $#" in
            "list 2") secrets_list ;;
            "set 3") secrets_set "$3" ;;
            *) usage ;;
        esac
        ;;
    *) usage ;;
esac
