# shellcheck shell=bash
# The vlink-sample of the guide, from the request to the proof.

readonly NETWORKS=/v1/namespaces/default/networks
readonly SAMPLE=$NETWORKS/vlink-sample
readonly PINGS=10
readonly SHOW='if . == null then "-" else tostring | ltrimstr("vlan:") | ltrimstr("vni:") end' # in jq

# The port where frames of each direction enter each switch, crossed or not: the counters there are the proof.
FORWARD_CROSSED="a=ping c=to-a d=to-c e=to-d" FORWARD_AVOIDED="b=to-a"
REVERSE_CROSSED="e=pong d=to-e b=to-d a=to-b" REVERSE_AVOIDED="c=to-d"

demo() {
  up
  title "The vlink of the guide"
  declare_network
  attach_workloads
  prove
  what_next
}

declare_network() {
  local start
  start=$(milliseconds)
  rest PUT "$SAMPLE" --header "$YAML" --data-binary "@$ROOT/samples/vlink-sample.yaml"
  must_succeed "the network vlink-sample"
  done_line "network vlink-sample is declared" "$start" "${DIM}samples/vlink-sample.yaml$PLAIN"
}

attach_workloads() {
  local start phase
  start=$(milliseconds)
  "$LAB_COMMAND" plug a ping 192.168.1.2/24
  "$LAB_COMMAND" plug e pong 192.168.1.3/24
  attach ping node-a 192.168.1.2/24
  attach pong node-e 192.168.1.3/24
  await_phase Ready
  done_line "ping (node-a) and pong (node-e) are attached" "$start" "${DIM}phase Ready$PLAIN"
}

attach() { # WORKLOAD NODE ADDRESS
  rest PUT "$SAMPLE/attachments/$1" --header "$JSON" --data "{\"node\":\"$2\",\"port\":\"$1\",\"ips\":[\"$3\"]}"
  must_succeed "the attachment $1"
}

await_phase() { # PHASE
  local start phase=''
  start=$(milliseconds)
  while true; do
    rest GET "$SAMPLE"
    phase=$(jq -r '.status.phase // .phase // "unknown"' "$ANSWER" 2>/dev/null) || true
    [[ $phase != "$1" ]] || return 0
    (($(milliseconds) - start < 20000)) || break
    progress "waiting for the vlink" "$start" "phase $phase"
    sleep 0.05
  done
  end_progress
  jq -r '.status.conditions[]? | "\(.type)=\(.status) \(.reason): \(.message)"' "$ANSWER" 2>/dev/null | sed 's/^/  | /' >&2 || tail_of "$ANSWER"
  die "$NOT_PROVEN" "vlink-sample is $phase and not $1 after 20 s"
}

prove() {
  frames_everywhere >"$RUN/frames.before"
  title "Ten pings"
  ping_workload | sed 's/^/  /' ||
    die "$NOT_PROVEN" "not every ping came back" "check ./vlink status and ./vlink logs"
  frames_everywhere >"$RUN/frames.after"
  await_api_counters "$(date -u +%Y-%m-%dT%H:%M:%S.%N)"
  title "The path they took"
  draw
  verdict
}

ping_workload() { "$LAB_COMMAND" exec ping ping -c $PINGS -i 0.05 -W 2 192.168.1.3; }

# --- the counters of the switches -----------------------------------------------------------------------------------

# Prints lines "NODE PORT FRAMES": the counter of each rule of each switch, by the input port.
frames_everywhere() {
  local node nodes
  nodes=$(awk '$1 == "switch" { print $2 }' "$RUN/lab")
  for node in $nodes; do
    "$LAB_COMMAND" appctl "$node" revalidator/wait & # brings the rules' counters up to date
  done
  wait
  for node in $nodes; do
    "$LAB_COMMAND" ofctl "$node" --names dump-flows | tr -d '"' |
      sed -n "/cookie=0x564c3/d; s/.*n_packets=\([0-9]*\).*in_port=\([^, ]*\).*/$node \2 \1/p" # without the rules that only lead to other tables
  done
}

frames() { # NODE=PORT: the frames of this ping
  awk -v at="${1%=*} ${1#*=}" '$1 " " $2 == at { sum += FILENAME ~ /before$/ ? -$3 : $3 } END { print sum + 0 }' "$RUN/frames.before" "$RUN/frames.after"
}

verdict() {
  local at count faults=()
  for at in $FORWARD_CROSSED $REVERSE_CROSSED; do
    count=$(frames "$at")
    ((count >= PINGS)) || faults+=("$(node_name "${at%=*}") counted $count frames from port ${at#*=}, but at least $PINGS were expected")
  done
  for at in $FORWARD_AVOIDED $REVERSE_AVOIDED; do
    count=$(frames "$at")
    ((count == 0)) || faults+=("$(node_name "${at%=*}") counted $count frames from port ${at#*=}, but none was expected")
  done
  ((${#faults[@]} == 0)) || die "$NOT_PROVEN" "the frames did not take the declared path" "${faults[@]}"
  echo "  ${GREEN}✓${PLAIN} Forward frames crossed a-c-d-e and never node-b; reverse frames crossed e-d-b-a and never node-c."
}

# --- the counters in the API -------------------------------------------------------------------------------------------------

# Waits until every hop was read after that moment and has counted at least as much as its switch had then.
await_api_counters() { # MOMENT
  local start
  start=$(milliseconds)
  while true; do
    rest GET "$SAMPLE/path"
    must_succeed "the path of vlink-sample"
    ! api_agrees_with_switches "$1" || break
    (($(milliseconds) - start < 20000)) || {
      end_progress
      tail_of "$ANSWER"
      die "$NOT_PROVEN" "GET $SAMPLE/path does not show the counters of the switches after 20 s"
    }
    progress "waiting for the counters" "$start" ""
    sleep 0.1
  done
  end_progress
}

api_agrees_with_switches() { # MOMENT
  jq --exit-status --arg moment "$1" --rawfile counted "$RUN/frames.after" '
    (reduce ($counted | split("\n")[] | select(. != "") | split(" ")) as [$node, $port, $frames]
      ({}; .["node-\($node) \($port)"] += ($frames | tonumber))) as $switches
    | [.forward.hops[]?, .reverse.hops[]?]
    | length > 0 and all(.[]; (.readAt // "") > $moment and (.packets // 0) >= ($switches["\(.node) \(.inPortName)"] // infinite))' \
    "$ANSWER" >/dev/null
}

# --- the picture -------------------------------------------------------------------------------------------------------

draw() {
  echo
  draw_topology
  echo
  draw_hops forward "$CYAN"
  draw_hops reverse "$YELLOW"
  echo
  draw_switch_counters
  echo
}

label_after() { # DIRECTION NODE: the label of frames that leave the node
  jq -r --arg node "$2" ".$1.hops[] | select(.node == \$node) | .outLabel | $SHOW" "$ANSWER"
}

# Draws the forward path at the top and the reverse path at the bottom, each link with its label.
draw_topology() {
  local f=$CYAN r=$YELLOW p=$PLAIN
  local ac cd de ed db ba
  ac=$(label_after forward node-a) cd=$(label_after forward node-c) de=$(label_after forward node-d)
  ed=$(label_after reverse node-e) db=$(label_after reverse node-d) ba=$(label_after reverse node-b)
  printf '%19s%s╭── %4s ──▶%s node-c %s── %4s ──▶╮%s\n' "" "$f" "$ac" "$p" "$f" "$cd" "$p"
  printf '%19s%s│%30s│     ── %4s ──▶%s\n' "" "$f" "" "$de" "$p"
  printf '  ping ━━━━━━━ node-a%26snode-d ━━━━━━━━━━━━━━━ node-e ━━━━━━━ pong\n' ""
  printf '%19s%s│%30s│     ◀── %4s ──%s\n' "" "$r" "" "$ed" "$p"
  printf '%19s%s╰◀── %4s ──%s node-b %s◀── %4s ──╯%s\n' "" "$r" "$ba" "$p" "$r" "$db" "$p"
  printf '%19s%s%sforward%s, %sreverse%s; the numbers are the labels on each link: VLAN ids, or VNIs of tunnels%s\n' "" "$DIM" "$f" "$p$DIM" "$r" "$p$DIM" "$p"
}

draw_hops() { # DIRECTION COLOUR
  printf '  %s%-8s%s %-8s %-17s %8s %8s %9s %9s %9s %9s\n' "$2" "$1" "$PLAIN$DIM" node "datapath id" "in port" "out port" "in label" "out label" packets bytes
  jq -r ".$1.hops[] | def show: $SHOW;
      [.node, .datapathId, .inPort, .outPort, .inLabel, .outLabel, .packets, .bytes] | map(show) | @tsv" "$ANSWER" |
    while IFS=$'\t' read -r node id in_port out_port in_label out_label packets bytes; do
      printf '  %s%-8s%s %-8s %-17s %8s %8s %9s %9s %9s %9s\n' "$PLAIN" "" "$PLAIN" "$node" "$id" "$in_port" "$out_port" "$in_label" "$out_label" "$packets" "$bytes"
    done
}

draw_switch_counters() {
  local node
  printf '  Frames of this ping that the switches counted (ovs-ofctl dump-flows), with ARP:\n  %s%-8s' "$DIM" ""
  for node in a b c d e; do printf ' %8s' "$(node_name $node)"; done
  printf '%s\n' "$PLAIN"
  draw_counter_row forward "$CYAN" "$FORWARD_CROSSED $FORWARD_AVOIDED"
  draw_counter_row reverse "$YELLOW" "$REVERSE_CROSSED $REVERSE_AVOIDED"
}

draw_counter_row() { # DIRECTION COLOUR ENTRIES
  local node at
  printf '  %s%-8s%s' "$2" "$1" "$PLAIN"
  for node in a b c d e; do
    for at in $3; do
      [[ ${at%=*} != "$node" ]] || printf ' %8s' "$(frames "$at")"
    done
  done
  printf '\n'
}

what_next() {
  title "The suite is still running"
  cat <<END
  API            $(api)/v1
  try it out     $(api)/q/swagger-ui
  status         curl -s $(api)$SAMPLE | jq .status
  hop by hop     curl -s $(api)$SAMPLE/path | jq
  the switches   curl -s $(api)/v1/switches | jq
  another ping   tests/lab/lab exec ping ping 192.168.1.3
  delete it      curl -X DELETE $(api)$SAMPLE
  See also ./vlink status and ./vlink logs SERVICE. To stop everything: ./vlink down
END
}
