# shellcheck shell=bash disable=SC2034 # used by the files that come after this one
# The names of one cluster and the directory of its state: one tmpfs, so nothing is left after it is unmounted.

CLUSTER=${VLINK_CLUSTER:-vk}
CLUSTER_RUN=${VLINK_CLUSTER_RUN:-/run/vlink-cluster}/$CLUSTER
CLUSTER_IMAGES=${VLINK_CLUSTER_IMAGES:-} # the folder that the nodes pull from, in the layout of docker-registry
HERE=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
PKI=$CLUSTER_RUN/pki
CONTROL=$CLUSTER-control

# Addresses inside the cluster's own network namespaces: they cannot collide with others.
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
  [[ $CLUSTER =~ ^[a-z][a-z0-9]{0,6}$ ]] || fail "VLINK_CLUSTER must be 1 to 7 lower-case letters and digits, not '$CLUSTER'"
  for node in "$@"; do
    [[ $node =~ ^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$ ]] || fail "the name of a node must be 1 to 63 of a-z, 0-9, '-' and '.', not '$node'"
  done
}

within() { # SECONDS COMMAND...
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || {
      echo "cluster $CLUSTER: timed out waiting for: $*" >&2
      return 1
    }
    sleep 0.1
  done
}

# The folder of the programs that tests/kube/build has built.
tools() { cat "$CLUSTER_RUN/tools"; }

kubectl_here() { ip netns exec "$CONTROL" "$(tools)/kubectl" --kubeconfig "$PKI/admin.kubeconfig" "$@"; }

# Prints lines "NAME NUMBER OPENVSWITCH". OPENVSWITCH: own (the node runs one) or none.
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
