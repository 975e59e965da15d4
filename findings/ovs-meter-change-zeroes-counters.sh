#!/usr/bin/env bash
# A meter's counters look like those of a rule, which a modification leaves alone (OpenFlow 1.3.1, 6.4). Open vSwitch sets
# them to zero with each OFPMC_MODIFY, even to the present settings, while the meter's duration goes on. So neither the
# settings nor the duration show a reader that the count has started again.
set -euo pipefail
# shellcheck source=ovs.sh
. "$(dirname "${BASH_SOURCE[0]}")/ovs.sh"

counted() { # prints how many frames the band dropped
  ofctl meter-stats | grep -oP '0: packet_count:\K[0-9]+'
}

duration() { # prints it in milliseconds
  ofctl meter-stats | grep -oP 'duration:\K[0-9.]+' | tr -d .
}

open_vswitch dummy
settings='meter=1,kbps,burst,band=type=drop,rate=1,burst_size=16'
ofctl add-meter "$settings"
ofctl add-flow 'in_port=1,actions=meter:1,output:2'
for ((i = 0; i < 20; i++)); do
  receive 'in_port(1),eth(src=02:00:00:00:00:01,dst=02:00:00:00:00:02),eth_type(0x88b5)' --len 1000
done
dropped=$(counted) lasted=$(duration)
((dropped > 0)) || fail "the meter of 1 kbit/s dropped none of 20 frames of 1000 bytes"
ofctl mod-meter "$settings"
after=$(counted) still=$(duration)
echo "dropped before the change to the same settings: $dropped, after it: $after; duration ${lasted} ms, then ${still} ms"
[[ $after == 0 ]] || fail "the counters survive a change of the meter"
((10#$still >= 10#$lasted)) || fail "the duration starts again with a change of the meter"
echo "As found: a change of a meter, even to its present settings, sets its counters to zero, but not its duration."
