# shellcheck shell=bash
# Expands a topology file into the form that the rest of the lab uses, with every name:
#   switch NODE DATAPATH-ID NUMBER
#   cable NODE PORT NODE PORT CAPACITY LATENCY SUFFIX      SUFFIX: "-" or, for a second cable between two switches, its number

readonly DEFAULT_CAPACITY=1G DEFAULT_LATENCY=0.2ms

read_topology() { # FILE
  local file=$1 line_number=0 words
  local -A datapath_ids=() cables=()
  local number=0
  [[ -r $file ]] || fail "cannot read the topology $file"
  while read -ra words || ((${#words[@]})); do
    line_number=$((line_number + 1))
    case ${words[0]:-#} in
      '#'*) ;;
      switch) read_switch "${words[@]:1}" ;;
      cable) read_cable "${words[@]:1}" ;;
      *) bad_line "neither switch nor cable: ${words[0]}" ;;
    esac
  done <"$file"
  ((number > 0)) || fail "the topology $file has no switch"
}

bad_line() { # MESSAGE; adds the current line of read_topology
  fail "$file:$line_number: $1"
}

read_switch() { # NODE DATAPATH-ID
  [[ $# == 2 ]] || bad_line "expected: switch NAME DATAPATH-ID"
  check_node_name "$1"
  [[ $2 =~ ^[0-9a-f]{16}$ ]] || bad_line "a datapath id must be 16 lower-case hex digits, not '$2'"
  [[ -z ${datapath_ids[$1]:-} ]] || bad_line "the switch $1 occurs twice"
  datapath_ids[$1]=$2
  number=$((number + 1))
  echo "switch $1 $2 $number"
}

read_cable() { # NODE NODE [CAPACITY [LATENCY]]
  [[ $# -ge 2 && $# -le 4 ]] || bad_line "expected: cable NAME NAME [CAPACITY [LATENCY]]"
  local from=$1 to=$2 suffix=- port_suffix='' key
  [[ -n ${datapath_ids[$from]:-} ]] || bad_line "the switch $from must be declared before this line"
  [[ -n ${datapath_ids[$to]:-} ]] || bad_line "the switch $to must be declared before this line"
  [[ $from != "$to" ]] || bad_line "a cable needs two different switches"
  key=$(printf '%s\n' "$from" "$to" | sort | xargs)
  cables[$key]=$((${cables[$key]:-0} + 1))
  if ((cables[$key] > 1)); then
    suffix=${cables[$key]}
    port_suffix=-$suffix
  fi
  echo "cable $from to-$to$port_suffix $to to-$from$port_suffix ${3:-$DEFAULT_CAPACITY} ${4:-$DEFAULT_LATENCY} $suffix"
}
