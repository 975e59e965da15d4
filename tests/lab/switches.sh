# shellcheck shell=bash
# One switch = one namespace, one ovsdb-server, one ovs-vswitchd, one bridge br0. The system's own Open vSwitch is not used.

# A switch stands for a machine of its own: on the shared processors it yields to the controller.
readonly SWITCH_NICENESS=10
readonly OVS_SCHEMA=${OVS_SCHEMA:-/usr/share/openvswitch/vswitch.ovsschema}

switch_number() { awk -v node="$1" '$1 == "switch" && $2 == node { print $4 }' "$LAB_RUN/topology"; }

datapath_id() { awk -v node="$1" '$1 == "switch" && $2 == node { print $3 }' "$LAB_RUN/topology"; }

cable_ports() { # NODE
  awk -v node="$1" '$1 == "cable" && $2 == node { print $3 } $1 == "cable" && $4 == node { print $5 }' "$LAB_RUN/topology"
}

# Makes all namespaces, management veths and cables with one process, ip -batch.
make_namespaces_and_cables() {
  local node kind from from_port to to_port
  for node in $(node_names); do
    record_namespace "$node"
    ip netns add "$(namespace "$node")"
    mkdir -p "$(switch_dir "$node")"
  done
  while read -r kind from from_port to to_port _; do
    case $kind in
      switch)
        echo "link add $LAB-m$to type veth peer name mgmt netns $(namespace "$from")"
        echo "link set $LAB-m$to master $MGMT_BRIDGE up"
        ;;
      cable)
        echo "link add $from_port mtu $CABLE_MTU netns $(namespace "$from") type veth peer name $to_port mtu $CABLE_MTU netns $(namespace "$to")"
        ;;
    esac
  done < <(awk '$1 == "switch" { print $1, $2, $3, $4 } $1 == "cable"' "$LAB_RUN/topology") | ip -batch -
}

make_switch() { # NODE CONTROLLER...
  local node=$1 dir namespace port
  shift
  dir=$(switch_dir "$node")
  namespace=$(namespace "$node")
  silence_ipv6 "$namespace"
  {
    echo "link set lo up"
    echo "address add $(management_address $(($(switch_number "$node") + 1)))/$(management_prefix) dev mgmt"
    echo "link set mgmt up"
    for port in $(cable_ports "$node"); do
      echo "link set $port up"
    done
  } | ip -n "$namespace" -batch -
  cp "$LAB_RUN/empty.db" "$dir/conf.db"
  start_database "$node"
  make_bridge "$node" "$@"
  start_forwarding "$node"
}

# The kernel's own IPv6 packets on cables and ports would be unexpected frames.
silence_ipv6() { # NAMESPACE
  ip netns exec "$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 2>/dev/null || true
}

in_switch() { # NODE COMMAND...: runs it in the switch's namespace, with its Open vSwitch
  local dir node=$1
  shift
  dir=$(switch_dir "$node")
  OVS_RUNDIR=$dir OVS_DBDIR=$dir OVS_LOGDIR=$dir OVS_SYSCONFDIR=$dir ip netns exec "$(namespace "$node")" "$@"
}

start_database() { # NODE
  local dir
  dir=$(switch_dir "$1")
  in_switch "$1" ovsdb-server "$dir/conf.db" --remote="punix:$dir/db.sock" \
    --remote="ptcp:$OVSDB_PORT:$(management_address $(($(switch_number "$1") + 1)))" \
    --unixctl="$dir/ovsdb.ctl" --pidfile="$dir/ovsdb-server.pid" -vconsole:off --log-file="$dir/ovsdb.log" --detach
}

make_bridge() { # NODE CONTROLLER...
  local node=$1 port transaction
  shift
  transaction=(
    --no-wait init
    -- set Open_vSwitch . other_config:vlan-limit=1
    -- add-br br0
    -- set bridge br0 datapath_type=netdev fail_mode=secure "other-config:datapath-id=$(datapath_id "$node")"
    other-config:disable-in-band=true "protocols=OpenFlow13,OpenFlow14"
  )
  for port in $(cable_ports "$node"); do
    transaction+=(-- add-port br0 "$port")
  done
  vsctl "$node" "${transaction[@]}"
  set_controllers "$node" "$@"
}

# max_backoff: Open vSwitch would wait up to 8 s before it reconnects.
set_controllers() { # NODE CONTROLLER...
  local node=$1 target number=0 ids='' transaction=()
  shift
  for target in "$@"; do
    number=$((number + 1))
    ids+=${ids:+,}@c$number
    transaction+=(-- "--id=@c$number" create controller "target=\"$target\"" max_backoff=1000)
  done
  vsctl "$node" --no-wait set bridge br0 "controller=[$ids]" "${transaction[@]}" >/dev/null
}

start_forwarding() { # NODE; returns when br0 answers
  local dir
  dir=$(switch_dir "$1")
  in_switch "$1" nice -n "$SWITCH_NICENESS" ovs-vswitchd "unix:$dir/db.sock" --disable-system --unixctl="$dir/vswitchd.ctl" \
    --pidfile="$dir/ovs-vswitchd.pid" -vconsole:off --log-file="$dir/vswitchd.log" --detach
  step_back "$(<"$dir/ovs-vswitchd.pid")"
  vsctl "$1" --timeout=10 wait-until bridge br0 'datapath_id!=[]' || fail "the switch $1 did not start; see $dir/vswitchd.log"
}

# A detached process has its own session. If Linux divides processors among sessions first (sched_autogroup), the niceness of the session
# counts, not that of its processes.
step_back() { # PID
  [[ ! -w /proc/$1/autogroup ]] || echo "$SWITCH_NICENESS" >"/proc/$1/autogroup"
}

stop_forwarding() { # NODE
  end_process "$(switch_dir "$1")/ovs-vswitchd.pid"
}

# Only while the pid still belongs to the started process: its command line names this lab's directory.
end_process() { # PIDFILE
  local pid dir=${1%/*}
  [[ -e $1 ]] || return 0
  pid=$(<"$1")
  if [[ $pid =~ ^[0-9]+$ ]] && runs_for "$pid" "$dir"; then
    kill "$pid" 2>/dev/null || true
    for _ in {1..100}; do
      runs_for "$pid" "$dir" || break
      sleep 0.02
    done
    ! runs_for "$pid" "$dir" || kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -f "$1"
}

runs_for() { # PID DIRECTORY
  [[ -r /proc/$1/cmdline ]] && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF "$2/"
}

switch_runs() { # NODE
  local file
  file=$(switch_dir "$1")/ovs-vswitchd.pid
  [[ -e $file ]] && runs_for "$(<"$file")" "$(switch_dir "$1")"
}

vsctl() { # NODE ARGUMENT...
  local node=$1
  shift
  ovs-vsctl --db="unix:$(switch_dir "$node")/db.sock" "$@"
}

appctl() { # NODE ARGUMENT...
  local node=$1
  shift
  ovs-appctl --target="$(switch_dir "$node")/vswitchd.ctl" "$@"
}

# ovs-ofctl expects the switch after its command: options, command, switch, the rest.
ofctl() { # NODE [OPTION...] COMMAND ARGUMENT...
  local node=$1 options=()
  shift
  while [[ ${1:-} == -* ]]; do
    options+=("$1")
    shift
  done
  (($#)) || fail "ofctl needs a command, such as dump-flows"
  ovs-ofctl -O OpenFlow13,OpenFlow14 "${options[@]}" "$1" "unix:$(switch_dir "$node")/br0.mgmt" "${@:2}"
}
