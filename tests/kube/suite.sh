# shellcheck shell=bash disable=SC2034
# Sourced last by ./vlink for a suite in Kubernetes: replaces up, demo, down, status and logs. The cluster runs on this machine. The proof
# of the demo is that of the lab: the counters of the switches.

export VLINK_CLUSTER=${VLINK_CLUSTER:-vk} VLINK_CLUSTER_IMAGES=$RUN/images/store
readonly CLUSTER_COMMAND=$ROOT/tests/kube/cluster/cluster SYSTEM=vlink-system MAKING_DEADLINE=900
choose_ports recorded
for part in containers/rootfs containers/reproducible containers/oci containers/images tests/kube/cluster/images; do
  # shellcheck source=/dev/null
  source "$ROOT/$part.sh"
done

k() { "$CLUSTER_COMMAND" kubectl "$@"; } # ARGUMENT...

up() {
  local start
  need_root
  title "Vlink in Kubernetes"
  ! any_process_runs || die "$USAGE" "the suite is already running as processes" "run ./vlink down first"
  mkdir -p "$RUN"
  set_up kubernetes
  VLINK_FAST_STARTS=never build operator # images contain no caches
  images
  cluster_images
  with_progress "building Kubernetes from its modules, once" "$RUN/kube-build.log" last_line "$ROOT/tests/kube/build" cluster || {
    tail_of "$RUN/kube-build.log"
    die "$BUILD_FAILED" "Kubernetes could not be built; its log is $RUN/kube-build.log"
  }
  : >"$RUN/kubernetes" # from now on, ./vlink down stops the cluster
  start_cluster
  install_suite
}

start_cluster() {
  local start
  start=$(milliseconds)
  if ! k get nodes >/dev/null 2>&1; then
    # shellcheck disable=SC2086 # a list of nodes
    "$CLUSTER_COMMAND" up ${VLINK_NODES:-} || die "$LAB_FAILED" "the cluster did not start; see the lines above"
  fi
  done_line "a Kubernetes of $("$CLUSTER_COMMAND" list | wc -l) nodes is ready" "$start" "${DIM}$("$CLUSTER_COMMAND" list | awk '{ print $1 }' | xargs)$PLAIN"
}

install_suite() {
  local start
  start=$(milliseconds)
  k apply -k "$ROOT/k8s/overlays/trial" >"$RUN/apply.log" 2>&1 || {
    tail_of "$RUN/apply.log"
    die "$SERVICE_FAILED" "kubectl apply -k k8s/overlays/trial failed"
  }
  await_suite "$start"
  done_line "kubectl apply -k k8s/overlays/trial: all pods are ready" "$start" "${DIM}$(k get pods -n $SYSTEM --no-headers | wc -l) pods$PLAIN"
}

# The deadline restarts whenever one more is ready than ever before, and does not run while containers are made or start for the first
# time: on a slow machine five JVMs compete for the processor.
await_suite() { # START
  local waiting count fewest=99 since=$1
  while waiting=$(not_ready) && [[ -n $waiting ]]; do
    count=$(wc -w <<<"$waiting")
    ((count >= fewest)) || { fewest=$count since=$(milliseconds); }
    (($(milliseconds) - $1 >= MAKING_DEADLINE * 1000)) || ! being_made || since=$(milliseconds)
    (($(milliseconds) - since < READY_DEADLINE * 1000)) || {
      end_progress
      say_why_not_ready >&2
      die "$SERVICE_FAILED" "no further pod became ready within $READY_DEADLINE s; not ready: $waiting" "run the same command again to go on: what is ready stays"
    }
    progress "starting the pods" "$1" "waiting for $waiting"
    sleep 0.3
  done
  end_progress
}

say_why_not_ready() {
  local pod container ended
  k get pods -n $SYSTEM -o wide
  k get events -n $SYSTEM --field-selector type=Warning 2>&1 | tail -n 15
  k get pods -n $SYSTEM -o json | jq --raw-output '.items[] | .metadata.name as $pod | .status.containerStatuses[]?
    | select((.ready | not) or .restartCount > 0) | "\($pod) \(.name) \(.lastState.terminated // {} | "\(.reason // "-") \(.exitCode // "-")")"' |
    while read -r pod container ended; do
      echo "$pod: $container ended earlier with $ended"
      k logs -n $SYSTEM "$pod" -c "$container" --previous --tail=40 2>/dev/null || true # it has not run before
      echo "$pod: log of $container"
      k logs -n $SYSTEM "$pod" -c "$container" --tail=40 || true
    done
}

# Whether a container is being made, or has started for the first time and not failed yet; the kubelet ends one that does not get on.
being_made() {
  k get pods -n $SYSTEM -o json | jq --exit-status 'any(.items[].status | .initContainerStatuses[]?, .containerStatuses[]?;
    .restartCount == 0 and ((.state.waiting.reason // "" | IN("ContainerCreating", "PodInitializing")) or (.state.running != null and .started == false)))' >/dev/null
}

# Prints the names of workloads with fewer ready pods than wanted.
not_ready() {
  k get statefulsets,deployments,daemonsets -n $SYSTEM -o json | jq --raw-output '[.items[]
    | (.spec.replicas // .status.desiredNumberScheduled // 0) as $wanted | (.status.readyReplicas // .status.numberReady // 0) as $ready
    | select($wanted == 0 or $ready < $wanted) | .metadata.name] | join(" ")'
}

# --- the guide ---------------------------------------------------------------------------------------------------------

demo() {
  local start
  up
  title "The guide, with kubectl"
  start=$(milliseconds)
  apply k8s/samples/overlay.yaml
  k wait --for=condition=Ready overlay/default --timeout=60s >/dev/null 2>"$RUN/wait.log" || not_proven "overlay/default is not Ready"
  done_line "Overlay default is Ready" "$start" "${DIM}k8s/samples/overlay.yaml$PLAIN"
  start=$(milliseconds)
  apply samples/vlink-sample.yaml
  apply k8s/samples/pods.yaml
  k wait --for=condition=Ready pod/ping pod/pong --timeout=60s >/dev/null 2>"$RUN/wait.log" || not_proven "the pods are not Ready"
  k wait --for=condition=Ready l2network/vlink-sample --timeout=60s >/dev/null 2>"$RUN/wait.log" || not_proven "l2network/vlink-sample is not Ready"
  done_line "L2Network vlink-sample is Ready" "$start" "${DIM}samples/vlink-sample.yaml, k8s/samples/pods.yaml$PLAIN"
  show_resources
  name_ports
  prove
  what_next
}

apply() { # FILE
  k apply -f "$ROOT/$1" >"$RUN/apply.log" 2>&1 || {
    tail_of "$RUN/apply.log"
    die "$NOT_DECLARED" "kubectl apply -f $1 was refused"
  }
}

not_proven() { # WHAT
  {
    cat "$RUN/wait.log"
    k get overlays,l2networks,pods -o wide
    k get overlays,l2networks -o json | jq --raw-output '.items[] | .kind as $kind | .status.conditions[]? | "\($kind) \(.type)=\(.status) \(.reason): \(.message)"'
    k get events --field-selector type=Warning | tail -n 10
  } 2>&1 | sed 's/^/  | /' >&2
  die "$NOT_PROVEN" "$1"
}

show_resources() {
  echo
  k get l2networks,overlays | sed 's/^/  /'
  echo
  k get l2network vlink-sample -o json |
    jq --raw-output '.status.conditions[] | [.type, .status, .reason, .message] | @tsv' | awk -F'\t' '{ printf "  %-11s %-6s %-18s %s\n", $1, $2, $3, $4 }'
  echo
}

# --- the proof: the counters for demo.sh, read on the nodes ------------------------------------------------------------

tunnel_to() { # NODE: the port name of a tunnel, as chosen by the operator
  local sum
  sum=$(printf %s "$1" | sha256sum)
  echo "vx-${sum:0:10}"
}

# The port that ovs-cni created for a pod.
port_of_pod() { # NODE POD
  local uid
  uid=$(k get pod "$2" -o jsonpath='{.metadata.uid}')
  "$CLUSTER_COMMAND" in "$1" ovs-vsctl --bare --columns=name find port "external_ids:contPodUid=$uid"
}

name_ports() {
  FORWARD_CROSSED="a=$(port_of_pod node-a ping) c=$(tunnel_to node-a) d=$(tunnel_to node-c) e=$(tunnel_to node-d)"
  FORWARD_AVOIDED="b=$(tunnel_to node-a)"
  REVERSE_CROSSED="e=$(port_of_pod node-e pong) d=$(tunnel_to node-e) b=$(tunnel_to node-d) a=$(tunnel_to node-b)"
  REVERSE_AVOIDED="c=$(tunnel_to node-d)"
}

ping_workload() { k exec ping -- ping -c "$PINGS" -i 0.2 -W 2 192.168.1.3; }

frames_everywhere() {
  local node
  for node in a b c d e; do
    "$CLUSTER_COMMAND" in "node-$node" bash -c 'cd /run/openvswitch; control=(vlink-vswitchd.ctl ovs-vswitchd.*.ctl)
      for socket in "${control[@]}"; do [[ ! -e $socket ]] || ovs-appctl --timeout=5 --target="$PWD/$socket" revalidator/wait || true; done
      exec ovs-ofctl --timeout=5 -O OpenFlow14 --names dump-flows br-vlink' | tr -d '"' |
      sed -n "/cookie=0x564c3/d; s/.*n_packets=\([0-9]*\).*in_port=\([^, ]*\).*/$node \2 \1/p" # without the rules that only lead to other tables
  done
}

# Calls network-api through the API server.
rest() { # GET PATH
  ANSWER=$RUN/answer.json ANSWER_CODE=200
  k get --raw "/api/v1/namespaces/$SYSTEM/services/network-api:http/proxy$2" >"$ANSWER" || ANSWER_CODE=500
}

what_next() {
  local kubectl=${CLUSTER_COMMAND#"$PWD"/}
  title "The cluster is still running"
  cat <<END
  kubectl        $kubectl kubectl get l2networks
  in a node      $kubectl in node-a ovs-vsctl show
  another ping   $kubectl kubectl exec ping -- ping 192.168.1.3
  See also ./vlink status and ./vlink logs POD. To stop everything: ./vlink down
END
}

# --- the rest of the command -------------------------------------------------------------------------------------------

down() {
  local start
  start=$(milliseconds)
  need_root
  "$CLUSTER_COMMAND" down
  rm -rf "$RUN"/{kubernetes,answer.json,frames.before,frames.after}
  done_line "the cluster is removed" "$start"
}

status() {
  [[ -e $RUN/kubernetes ]] || die "$NOT_RUNNING" "no cluster is running" "start one with ./vlink up --kubernetes"
  k get nodes
  echo
  k get pods -n $SYSTEM -o wide
  [[ -z $(not_ready) ]] || return "$NOT_RUNNING"
}

# Runs in a pod: only pods reach Kafka and the gateways.
audit() { # [OPTION...]
  [[ -e $RUN/kubernetes ]] || die "$NOT_RUNNING" "no cluster is running" "start one with ./vlink up --kubernetes"
  k run "audit-$$" -n $SYSTEM --image=vlink/audit --image-pull-policy=IfNotPresent --labels=app.kubernetes.io/name=audit --restart=Never --rm --stdin --quiet -- \
    --bootstrap-servers "$(service_address broker):9092" --gateways "$(gateway_urls)" "$@" </dev/null
}

# All gateways: every switch connects to every gateway, but one may be away.
gateway_urls() {
  k get services -n $SYSTEM -l app.kubernetes.io/name=switch-gateway -o 'jsonpath={range .items[*]}http://{.spec.clusterIP}:8083,{end}' | sed 's/,$//'
}

# Asks each gateway: each knows only its own switches.
suite() { # [adopt|clear [DATAPATH-ID...]]
  local gateway state=0
  [[ -e $RUN/kubernetes ]] || die "$NOT_RUNNING" "no cluster is running" "start one with ./vlink up --kubernetes"
  for gateway in $(k get pods -n $SYSTEM -l app.kubernetes.io/name=switch-gateway -o name); do
    k exec -n $SYSTEM "$gateway" -- suite "$@" 2> >(grep -v 'terminated with exit code' >&2) || state=$?
  done
  return "$state"
}

service_address() { k get service -n $SYSTEM "$1" -o 'jsonpath={.spec.clusterIP}'; } # SERVICE

logs() { # [POD [LOGS-ARGUMENT...]]
  local pod
  if (($# == 0)); then
    for pod in $(k get pods -n $SYSTEM -o name); do
      title "$pod"
      k logs -n $SYSTEM --tail 20 "$pod" || true
    done
    return
  fi
  k logs -n $SYSTEM --tail 200 "$@"
}
