# shellcheck shell=bash
# shellcheck disable=SC2034 # used by the files that come after this one
# The names of one lab and the directory of its state. Every other file of the lab uses this one.

LAB=${VLINK_LAB:-vlink}
LAB_RUN=${VLINK_LAB_RUN:-/run/vlink-lab}/$LAB # beside the namespaces: a reboot removes both
OPENFLOW_PORT=${VLINK_OPENFLOW_PORT:-6653}
CABLE_MTU=${VLINK_CABLE_MTU:-1600}
WORKLOAD_MTU=${VLINK_WORKLOAD_MTU:-1500}
MGMT_BRIDGE=$LAB-mgmt
OVSDB_PORT=6640

readonly LAB LAB_RUN OPENFLOW_PORT CABLE_MTU WORKLOAD_MTU MGMT_BRIDGE OVSDB_PORT

fail() { # MESSAGE...
  echo "lab $LAB: $*" >&2
  exit 1
}

# Interface names end at 15 characters: LAB-mgmt, LAB-m123, to-PEER.
check_lab_name() {
  [[ $LAB =~ ^[a-z][a-z0-9]{0,8}$ ]] || fail "VLINK_LAB must be 1 to 9 lower-case letters and digits, not '$LAB'"
}

check_node_name() { # NAME
  [[ $1 =~ ^[a-z0-9][a-z0-9-]{0,9}$ ]] || fail "the name of a switch must be 1 to 10 of a-z, 0-9 and '-', not '$1'"
}

check_workload_name() { # NAME
  [[ $1 =~ ^[a-z0-9][a-z0-9.-]{0,14}$ ]] || fail "the name of a workload must be 1 to 15 of a-z, 0-9, '.' and '-', not '$1'"
}

namespace() { # NAME
  echo "$LAB-$1"
}

switch_dir() { # NODE
  echo "$LAB_RUN/switches/$1"
}

is_up() { [[ -e $LAB_RUN/complete ]]; }

need_up() { is_up || fail "is not up"; }

need_root() { [[ $(id -u) == 0 ]] || fail "needs root to create network namespaces"; }

is_node() { [[ -d $(switch_dir "$1") ]]; }

need_node() { # NAME
  need_up
  is_node "$1" || fail "has no switch '$1'; it has: $(node_names | xargs)"
}

node_names() { [[ ! -e $LAB_RUN/topology ]] || awk '$1 == "switch" { print $2 }' "$LAB_RUN/topology"; }

# Names are recorded before the namespaces are created: a failed 'up' leaves nothing unknown.
record_namespace() { # NAME
  local namespace
  namespace=$(namespace "$1")
  [[ ! -e /run/netns/$namespace ]] ||
    fail "the network namespace $namespace exists already and does not belong to this lab: remove it (ip netns del $namespace) or set VLINK_LAB"
  echo "$namespace" >>"$LAB_RUN/namespaces"
}

end_namespace() { # NAMESPACE: ends its processes and removes it
  [[ -e /run/netns/$1 ]] || return 0
  local pids
  pids=$(ip netns pids "$1" 2>/dev/null) || true
  # shellcheck disable=SC2086 # a list of numbers
  [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
  ip netns del "$1"
}
