#!/usr/bin/env bash
# A new or removed mirror is expected to apply to all frames from then on, as a change of rules does. Open vSwitch does not
# apply it to frames with a flow in its datapath: as long as such frames arrive, they are copied, or not, as before the change.
# Any change of rules, even one for other frames, applies the mirror to them.
set -euo pipefail
# shellcheck source=ovs.sh
. "$(dirname "${BASH_SOURCE[0]}")/ovs.sh"

vsctl() {
  ovs-vsctl --db="unix:$TEMP/db.sock" --timeout=20 "$@" >/dev/null
}

open_vswitch dummy
vsctl -- add-port "$BRIDGE" p3 -- set interface p3 type=dummy ofport_request=3 options:tx_pcap="$TEMP/p3.pcap"
ofctl add-flow 'in_port=1,actions=output:2'

FRAME='in_port(1),eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02),eth_type(0x88b5)'
readonly FRAME

copied() { # WHAT EXPECTED: how many of ten frames leave by p3
  local before after deadline=$((SECONDS + 3))
  before=$(stat -c %s "$TEMP/p3.pcap")
  for _ in {1..10}; do receive "$FRAME"; done
  until (($(stat -c %s "$TEMP/p3.pcap") > before)) || ((SECONDS > deadline)); do :; done
  after=$(stat -c %s "$TEMP/p3.pcap")
  echo "$1: $( ((after > before)) && echo copied || echo 'not copied')"
  [[ $2 == "$( ((after > before)) && echo copied || echo 'not copied')" ]] || fail "expected $2"
}

elsewhere() { # NUMBER: adds a rule that no frame here matches
  ofctl add-flow "in_port=9,dl_vlan=$1,actions=drop"
}

copied 'before' 'not copied'
vsctl -- --id=@to get port p3 -- --id=@m create mirror name=m select_all=true output-port=@to -- set bridge "$BRIDGE" mirrors=@m
copied 'mirror set' 'not copied'
elsewhere 1
copied 'a rule for other frames added' copied
vsctl clear bridge "$BRIDGE" mirrors
copied 'mirror removed' copied
elsewhere 2
copied 'a rule for other frames added' 'not copied'
echo 'As found: a mirror applies to frames with a flow in the datapath only after a change of any rule.'
