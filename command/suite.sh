# shellcheck shell=bash
# Switches left alone because Kafka's data is not the data they were set up from: ./vlink suite, and the question at the end of ./vlink up.

gateway_url() { echo "http://localhost:$VLINK_GATEWAY_PORT"; }

suite() { # [adopt|clear [DATAPATH-ID...]|finalise]
  local word=${1:-show}
  (($# == 0)) || shift
  case $word in
    show) show_suite ;;
    adopt | clear) decide_suite "$word" "$@" ;;
    finalise) topics --bootstrap-servers "127.0.0.1:$VLINK_KAFKA_PORT" --finalise ;;
    *) die "$USAGE" "there is no 'suite $word'" "./vlink suite, ./vlink suite adopt [DATAPATH-ID...], ./vlink suite clear [DATAPATH-ID...], ./vlink suite finalise" ;;
  esac
}

left_alone() { curl --silent --fail --max-time 3 "$(gateway_url)/v1/possession"; }

show_suite() {
  local answer
  answer=$(left_alone) || die "$NOT_RUNNING" "switch-gateway does not answer at $(gateway_url)"
  if [[ $(jq '.leftAlone | length' <<<"$answer") == 0 ]]; then
    echo "every connected switch belongs to this suite"
    return
  fi
  # Prints what to do once, not for each switch.
  jq -r '.doubt // "no declared node uses these switches, so the suite works without them; to take one over: ./vlink suite adopt|clear DATAPATH-ID"' <<<"$answer"
  jq -r '.leftAlone[] | "switch \(.datapathId) is left alone: \(.reason | sub(" Nothing in it is touched.*"; ""))"' <<<"$answer"
  return "$SUITE_IN_QUESTION"
}

decide_suite() { # adopt|clear [DATAPATH-ID...]
  local body answer start
  start=$(milliseconds)
  body=$(jq --null-input --compact-output --arg decision "$1" '{decision: $decision} + (if $ARGS.positional == [] then {} else {switches: $ARGS.positional} end)' --args "${@:2}")
  answer=$(curl --silent --max-time 10 --header 'Content-Type: application/json' --data "$body" --write-out '\n%{http_code}' "$(gateway_url)/v1/possession") ||
    die "$NOT_RUNNING" "switch-gateway does not answer at $(gateway_url)"
  [[ ${answer##*$'\n'} == 2* ]] || die "$NOT_DECLARED" "the gateway refused that: $(jq -r '.error // .' <<<"${answer%$'\n'*}" 2>/dev/null || echo "$answer")"
  done_line "$1: $(jq -r '.decided | length' <<<"${answer%$'\n'*}") switches" "$start" "$(jq -r '.decided | join(" ")' <<<"${answer%$'\n'*}")"
}

# Prints the answer once every switch of the lab was checked, or after 10 s.
all_left_alone() { # ANSWER
  local start answer=$1 wanted newer
  start=$(milliseconds)
  wanted=$("$LAB_COMMAND" list 2>/dev/null | awk '$1 == "switch"' | wc -l)
  while (($(jq '.leftAlone | length' <<<"$answer") < wanted && $(milliseconds) - start < 10000)); do
    sleep 0.2
    newer=$(left_alone 2>/dev/null) && answer=$newer
  done
  echo "$answer"
}

# If switches are left alone, exits with the question that an operator has to answer.
ask_operator() {
  local answer
  answer=$(left_alone 2>/dev/null) || return 0
  [[ $(jq '.leftAlone | length' <<<"$answer" 2>/dev/null) != 0 ]] || return 0
  # The decision covers the switches that are left alone by then, and a switch may take 8 s to reconnect.
  answer=$(all_left_alone "$answer")
  end_progress
  die "$SUITE_IN_QUESTION" "Kafka's data is not the data that these switches were set up from, so they were not touched:" \
    "$(jq -r '.leftAlone[:3][] | "\(.datapathId): \(.reason)"' <<<"$answer")" \
    "If Kafka's data is right: ./vlink suite adopt && ./vlink up (removes rules that are not recorded there)" \
    "If not: ./vlink down --keep, restore the right data to $RUN/kafka, and ./vlink up"
}
