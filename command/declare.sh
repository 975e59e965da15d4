# shellcheck shell=bash disable=SC2034
# Calls network-api: declares the lab's topology, and sends single requests for the demo.

readonly JSON="Content-Type: application/json" YAML="Content-Type: application/yaml"

# Sends one request; puts the status code into ANSWER_CODE and the body into $ANSWER.
rest() { # METHOD PATH [CURL-ARGUMENT...]
  local method=$1 path=$2
  shift 2
  ANSWER=$RUN/answer.json
  ANSWER_CODE=$(curl --silent --show-error --max-time 30 --output "$ANSWER" --write-out '%{http_code}' --request "$method" "$@" "$(api)$path") ||
    die "$NOT_DECLARED" "$method $path got no answer from network-api; its log is $(log_of network-api)"
}

# Prints each switch that network-api shows, as one line of JSON, from all pages of the list; fails if there is no answer.
all_switches() { # SECONDS; the longest time for a page
  local page after=''
  while true; do
    page=$(curl --silent --max-time "$1" "$(api)/v1/switches$after") || return 1
    jq -c '.items[]?' <<<"$page" 2>/dev/null || return 0
    after=$(jq -r '.next? // "" | if . == "" then . else "?after=" + . end' <<<"$page")
    [[ -n $after ]] || return 0
  done
}

must_succeed() { # WHAT; checks the last request
  [[ $ANSWER_CODE == 2* ]] || {
    tail_of "$ANSWER"
    die "$NOT_DECLARED" "$1 was refused with HTTP $ANSWER_CODE"
  }
}

declare_topology() {
  local start nodes links
  start=$(milliseconds)
  "$LAB_COMMAND" list >"$RUN/lab"
  nodes=$(awk '$1 == "switch"' "$RUN/lab" | wc -l)
  links=$(awk '$1 == "cable"' "$RUN/lab" | wc -l)
  node_requests | send_all
  link_requests | send_all
  done_line "topology is declared" "$start" "${DIM}$nodes nodes, $((links * 2)) links$PLAIN"
}

node_name() { echo "node-$1"; }

# link-ac if names are single letters, as in the guide; else link-madrid-paris.
link_name() { # FROM TO SUFFIX
  local name=link-$1$2
  ((${#1} == 1 && ${#2} == 1)) || name=link-$1-$2
  [[ $3 == - ]] || name+=-$3
  echo "$name"
}

# Each line: PATH BODY
node_requests() {
  local kind node id address _
  while read -r kind node id address _; do
    [[ $kind == switch ]] || continue
    echo "/v1/overlays/default/nodes/$(node_name "$node") {\"datapathId\":\"$id\",\"ovsdb\":\"tcp:$address:6640\"}"
  done <"$RUN/lab"
}

link_requests() {
  local kind from from_port to to_port capacity latency suffix
  while read -r kind from from_port to to_port capacity latency suffix; do
    [[ $kind == cable ]] || continue
    link_request "$from" "$from_port" "$to" "$to_port" "$capacity" "$latency" "$suffix"
    link_request "$to" "$to_port" "$from" "$from_port" "$capacity" "$latency" "$suffix"
  done <"$RUN/lab"
}

link_request() { # FROM PORT TO PORT CAPACITY LATENCY SUFFIX
  printf '/v1/overlays/default/links/%s {"from":{"node":"%s","port":"%s"},"to":{"node":"%s","port":"%s"},"capacityBits":"%s","latencyNanos":"%s"}\n' \
    "$(link_name "$1" "$3" "$7")" "$(node_name "$1")" "$2" "$(node_name "$3")" "$4" "$5" "$6"
}

# One curl for all requests, several at a time.
send_all() { # reads lines of PATH BODY
  local path body number=0 answers=$RUN/answers refused
  rm -rf "$answers"
  mkdir -p "$answers"
  while read -r path body; do
    number=$((number + 1))
    ((number == 1)) || echo next
    printf 'silent\nshow-error\nurl = "%s%s"\nrequest = PUT\nheader = "%s"\ndata = "%s"\noutput = "%s"\nwrite-out = "%%{http_code} %s %s\\n"\nmax-time = 30\n' \
      "$(api)" "$path" "$JSON" "${body//\"/\\\"}" "$answers/$number" "$number" "$path"
  done >"$answers/requests"
  curl --no-progress-meter --parallel --parallel-max 8 --config "$answers/requests" >"$answers/codes" ||
    die "$NOT_DECLARED" "network-api did not answer; its log is $(log_of network-api)"
  refused=$(grep -v '^2' "$answers/codes" | head -n 1) || return 0
  tail_of "$answers/$(cut -d' ' -f2 <<<"$refused")"
  die "$NOT_DECLARED" "PUT ${refused##* } was refused with HTTP ${refused%% *}"
}

await_switches() {
  local start wanted connected=0
  start=$(milliseconds)
  wanted=$(awk '$1 == "switch"' "$RUN/lab" | wc -l)
  while true; do
    all_switches 30 >"$RUN/switches.json" ||
      die "$NOT_DECLARED" "GET /v1/switches got no answer from network-api; its log is $(log_of network-api)"
    connected=$(jq -s '[.[] | select((.state // "") | ascii_downcase == "connected")] | length' "$RUN/switches.json" 2>/dev/null) || connected=0
    ((connected < wanted)) || break
    (($(milliseconds) - start < 1000)) || ask_operator
    (($(milliseconds) - start < 30000)) ||
      die "$LAB_FAILED" "only $connected of $wanted switches are connected after 30 s" "$(refused_switches)" "the gateway's log is $(log_of switch-gateway)"
    progress "waiting for the switches" "$start" "$connected of $wanted"
    sleep 0.1
  done
  end_progress
  done_line "switches are connected" "$start" "${DIM}$connected of $wanted$PLAIN"
}

refused_switches() {
  jq -r 'select(.reason != null) | "\(.id // .datapathId): \(.reason)"' "$RUN/switches.json" 2>/dev/null | head -n 3 || true
}
