# shellcheck shell=bash
# A workload = a namespace with one interface, eth0. The other end is a port of a switch with the workload's name.

workload_file() { # WORKLOAD
  echo "$LAB_RUN/workloads/$1"
}

node_of() { # WORKLOAD
  cut -d' ' -f1 "$(workload_file "$1")"
}

# The same workload of the same lab always has the same address.
workload_mac() { # WORKLOAD
  local digest
  digest=$(md5sum <<<"$LAB/$1")
  echo "02:${digest:0:2}:${digest:2:2}:${digest:4:2}:${digest:6:2}:${digest:8:2}"
}

plug() { # NODE WORKLOAD [ADDRESS/PREFIX...]
  local node=$1 workload=$2 namespace
  shift 2
  need_node "$node"
  check_workload_name "$workload"
  ! is_node "$workload" || fail "'$workload' is the name of a switch"
  if [[ -e $(workload_file "$workload") ]]; then
    [[ $(<"$(workload_file "$workload")") == "$node $*" ]] || fail "the workload $workload is already plugged in differently: $(<"$(workload_file "$workload")")"
    return
  fi
  ! ip -n "$(namespace "$node")" link show "$workload" >/dev/null 2>&1 || fail "the switch $node already has an interface '$workload'"
  namespace=$(namespace "$workload")
  # shellcheck disable=SC2064 # this workload
  trap "unplug '$workload'" EXIT # if anything fails from here on
  record_workload "$workload" "$node $*"
  record_namespace "$workload"
  ip netns add "$namespace"
  ip link add "$workload" mtu "$WORKLOAD_MTU" netns "$(namespace "$node")" type veth \
    peer name eth0 mtu "$WORKLOAD_MTU" address "$(workload_mac "$workload")" netns "$namespace"
  configure_workload "$namespace" "$@"
  ip -n "$(namespace "$node")" link set "$workload" up
  vsctl "$node" --timeout=10 add-port br0 "$workload"
  trap - EXIT
}

record_workload() { # WORKLOAD "NODE [ADDRESS/PREFIX...]"
  mkdir -p "$LAB_RUN/workloads"
  echo "$2" >"$(workload_file "$1")"
}

# Turns offloads off: frames from a userspace switch need valid checksums and must fit the MTU of a cable.
configure_workload() { # NAMESPACE [ADDRESS/PREFIX...]
  local namespace=$1 address
  shift
  # Addresses in a lab are unique, so duplicate address detection and router solicitation are off.
  ip netns exec "$namespace" sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 \
    net.ipv6.conf.eth0.accept_dad=0 net.ipv6.conf.eth0.router_solicitations=0 2>/dev/null || true
  ip netns exec "$namespace" ethtool -K eth0 tx off sg off tso off gso off gro off >/dev/null 2>&1 ||
    ip netns exec "$namespace" ethtool -K eth0 tx off >/dev/null || fail "cannot turn off offloads in $namespace"
  {
    echo "link set lo up"
    for address in "$@"; do
      echo "address add $address dev eth0"
    done
    echo "link set eth0 up"
  } | ip -n "$namespace" -batch -
}

unplug() { # WORKLOAD
  local workload=$1 node
  if [[ -e $(workload_file "$workload") ]]; then
    node=$(node_of "$workload")
    vsctl "$node" --no-wait --if-exists del-port br0 "$workload"
    ip -n "$(namespace "$node")" link del "$workload" 2>/dev/null || true
    end_namespace "$(namespace "$workload")"
    sed -i "/^$(namespace "$workload")\$/d" "$LAB_RUN/namespaces"
    rm -f "$(workload_file "$workload")"
  fi
}
