#!/usr/bin/env bash
# A rule with the flag SEND_FLOW_REM is expected to report its removal, whatever removes it. When a meter is deleted, Open
# vSwitch also deletes the rules that use it. OpenFlow 1.4 has a reason for that, and its controllers are informed. OpenFlow 1.3
# has none, and instead of another reason a controller of 1.3 gets no message at all; the deletion of a group or of the rule
# itself is reported to both. Vlink removes a meter only after its rules
# (docs/pipeline.md, "Who owns a meter"); ModelSwitch in the tests of switch-gateway fails otherwise.
set -euo pipefail
# shellcheck source=ovs.sh
. "$(dirname "${BASH_SOURCE[0]}")/ovs.sh"

monitors=()
open_vswitch dummy
trap '((${#monitors[@]} == 0)) || kill "${monitors[@]}" 2>/dev/null || true; clean_up' EXIT
ovs-vsctl --db="unix:$TEMP/db.sock" --timeout=20 set bridge "$BRIDGE" protocols=OpenFlow13,OpenFlow14
for version in 13 14; do
  # A size for packets makes the switch send messages of its own.
  ovs-ofctl -O "OpenFlow$version" monitor "unix:$TEMP/$BRIDGE.mgmt" 128 --unixctl="$TEMP/monitor-$version.ctl" >"$TEMP/seen-$version" 2>&1 &
  monitors+=($!)
  deadline=$((SECONDS + 10))
  until ovs-appctl -t "$TEMP/monitor-$version.ctl" ofctl/barrier >/dev/null 2>&1 || ((SECONDS > deadline)); do sleep 0.1; done
done

ofctl add-meter 'meter=1,kbps,band=type=drop,rate=1000'
ofctl add-group 'group_id=1,type=all,bucket=output:2'
ofctl add-flow 'cookie=1,in_port=1,send_flow_rem,actions=meter:1,output:2'
ofctl add-flow 'cookie=2,in_port=2,send_flow_rem,actions=group:1'
ofctl add-flow 'cookie=3,in_port=3,send_flow_rem,actions=drop'
ofctl del-meter meter=1
ofctl del-groups group_id=1
ofctl del-flows in_port=3
deadline=$((SECONDS + 10))
until (($(cat "$TEMP"/seen-1? | grep -c 'reason=delete') == 2)) || ((SECONDS > deadline)); do sleep 0.1; done
[[ -z $(ofctl dump-flows | grep cookie) ]] || fail 'a rule is left'

expect() { # VERSION REASONS
  local seen
  seen=$(grep FLOW_REMOVED "$TEMP/seen-$1" | grep -oP 'reason=\K\w+' | paste -sd ' ' || true)
  echo "three rules removed, by meter, group and themselves; OpenFlow 1.${1#1} reports: $seen"
  [[ $seen == "$2" ]] || fail "expected $2"
}
expect 14 'meter_delete group_delete delete'
expect 13 'group_delete delete'
echo 'As found: with OpenFlow 1.3 the removal of rules with their meter is not reported.'
