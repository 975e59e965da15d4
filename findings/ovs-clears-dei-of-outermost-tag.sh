#!/usr/bin/env bash
# A rule that only outputs a frame is expected to leave it unchanged. The userspace datapath of Open vSwitch receives frames
# from Linux interfaces without their outermost 802.1Q tag, which the kernel passes separately. It puts the tag back without
# its drop-eligible bit (DEI, the former CFI), where it keeps a mark of its own. So the bit is lost on entry, regardless of the
# rules. Priority and id stay, and so do all bits of inner tags. The script needs root, for a pair of interfaces.
set -euo pipefail
# shellcheck source=ovs.sh
. "$(dirname "${BASH_SOURCE[0]}")/ovs.sh"

readonly ADDRESSES=020000000002020000000001
readonly REST=88b5000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f

readonly OUTSIDE=vf$$o INSIDE=vf$$i

open_vswitch netdev
trap 'ip link delete "$OUTSIDE" 2>/dev/null || true; clean_up' EXIT
ip link add "$OUTSIDE" type veth peer name "$INSIDE"
ip link set "$OUTSIDE" up
ip link set "$INSIDE" up
ovs-vsctl --db="unix:$TEMP/db.sock" --timeout=20 -- add-port "$BRIDGE" "$INSIDE" -- set interface "$INSIDE" ofport_request=3
ofctl add-flow 'in_port=3,actions=output:2'

send() { # FRAME, at the other end of the pair
  python3 -c 'import socket, sys
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
s.bind((sys.argv[2], 0))
s.send(bytes.fromhex(sys.argv[1]))' "$1" "$OUTSIDE"
}

leaves() { # WHAT TAGS EXPECTED
  local number deadline=$((SECONDS + 5)) out=''
  number=$((${sent:-0} + 1))
  sent=$number
  send "$ADDRESSES$2$REST$(printf %04x "$number")"
  until [[ $out == *"$REST$(printf %04x "$number")"* ]] || ((SECONDS > deadline)); do
    out=$(od -An -v -tx1 "$TEMP/p2.pcap" | tr -d ' \n')
  done
  out=${out##*"$ADDRESSES"}
  echo "$1: tags $2 came in, ${out%"$REST"*} went out"
  [[ ${out%"$REST"*} == "$3" ]] || fail "expected $3"
}

leaves 'no bit set' 81000064 81000064
leaves 'drop eligible' 81001064 81000064
leaves 'drop eligible, priority 5' 8100b064 8100a064
leaves 'drop eligible within' 81000064810010c8 81000064810010c8
leaves 'both drop eligible' 81001064810010c9 81000064810010c9
echo 'As found: the drop-eligible bit of the outermost tag is cleared although the rule only outputs; the rest stays.'
