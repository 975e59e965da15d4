# shellcheck shell=bash disable=SC2034 # used by the files that come after this one
# What things of one cluster are called, and where its state lives: in one tmpfs, so that nothing of it is left when that is unmounted.

CLUSTER=${VLINK_CLUSTER:-vk}
CLUSTER_RUN=${VLINK_CLUSTER_RUN:-/run/vlink-cluster}/$CLUSTER
CLUSTER_IMAGES=${VLINK_CLUSTER_IMAGES:-} # the folder of a registry (docker-registry's own layout) that the nodes pull from
HERE=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
PKI=$CLUSTER_RUN/pki
CONTROL=$CLUSTER-control

# Inside the cluster's own network namespaces, so they collide with nothing.
UNDERLAY=10.200.0 # the control plane is .1, node number N is .(10+N)
POD_RANGE=10.244  # node number N has .N.0/24
SERVICE_RANGE=10.96.0
API=https://$UNDERLAY.1:6443
REGISTRY=$UNDERLAY.1:5000
DEADLINE=90

readonly CLUSTER CLUSTER_RUN CLUSTER_IMAGES HERE PKI CONTROL UNDERLAY POD_RANGE SERVICE_RANGE API REGISTRY DEADLINE

fail() { # MESSAGE...
  echo "cluster $CLUSTER: $*" >&2
  exit 1
}

check_names() { # NODE...
  local node
  [[ $CLUSTER =~ ^[a-z][a-z0-9]{0,6}$ ]] || fail "VLINK_CLUSTER must be one to seven lower-case letters and digits, not '$CLUSTER'"
  for node in "$@"; do
    [[ $node =~ ^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$ ]] || fail "a node is named with one to 63 of a-z, 0-9, '-' and '.', not '$node'"
  done
}

within() { # SECONDS COMMAND...
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || {
      echo "cluster $CLUSTER: gave up waiting for: $*" >&2
      return 1
    }
    sleep 0.1
  done
}

# Where the programs are that tests/kube/build has made.
tools() { cat "$CLUSTER_RUN/tools"; }

kubectl_here() { ip netns exec "$CONTROL" "$(tools)/kubectl" --kubeconfig "$PKI/admin.kubeconfig" "$@"; }

# Lines "NAME NUMBER OPENVSWITCH", the last of them: own (the node brings one) or none.
nodes() { cat "$CLUSTER_RUN/nodes" 2>/dev/null; }

number_of() { # NODE
  local number
  number=$(nodes | awk -v name="$1" '$1 == name { print $2 }')
  [[ -n $number ]] || fail "has no node '$1'; it has: $(nodes | awk '{ print $1 }' | xargs)"
  echo "$number"
}

address_of() { echo "$UNDERLAY.$((10 + $1))"; } # NUMBER

namespace_of() { echo "$CLUSTER-n$1"; } # NUMBER

node_folder() { echo "$CLUSTER_RUN/node-$1"; } # NUMBER
