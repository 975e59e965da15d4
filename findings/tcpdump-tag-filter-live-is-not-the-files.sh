#!/usr/bin/env bash
# A filter is expected to choose the same frames from an interface as from a file of all its frames. A filter that looks at the
# bytes of an 802.1Q tag does not: Linux passes the outermost tag beside the frame, so live the filter sees the frame without
# it, and tcpdump puts it back only into what it writes. So "ether[12:2] == 0x8100" catches nothing live and everything in the
# file, and the type behind the tag the other way round. The keyword "vlan" works in both. The script needs root, for a pair of
# interfaces in a network namespace. Vlink's labels on plain links are such tags (docs/pipeline.md).
set -euo pipefail

readonly VERSION=4.99.3-1 LIBRARY=1.10.3-1 SPACE=vf$$ FRAMES=5

fail() {
  echo "CHANGED: $*" >&2
  exit 1
}

TEMP=$(mktemp -d)
captures=()
clean_up() {
  ((${#captures[@]} == 0)) || kill "${captures[@]}" 2>/dev/null || true
  ip netns delete "$SPACE" 2>/dev/null || true
  rm -rf "$TEMP"
}
trap clean_up EXIT
(cd "$TEMP" && apt-get --quiet=2 download "tcpdump=$VERSION" "libpcap0.8=$LIBRARY" >/dev/null)
for package in "$TEMP"/*.deb; do dpkg-deb --extract "$package" "$TEMP/root"; done
LIBRARIES=$(dirname "$(find "$TEMP/root" -name 'libpcap.so.*' | head -n 1)")
readonly LIBRARIES

dump() { # ARGUMENT...
  LD_LIBRARY_PATH=$LIBRARIES "$TEMP/root/usr/bin/tcpdump" "$@"
}

capture() { # NAME [FILTER]
  ip netns exec "$SPACE" env LD_LIBRARY_PATH="$LIBRARIES" "$TEMP/root/usr/bin/tcpdump" -Z root -i inside -Q in --immediate-mode -U \
    -w "$TEMP/$1" "${@:2}" 2>"$TEMP/$1.log" &
  captures+=($!)
}

count() { # FILE [FILTER]: how many frames; those that the kernel itself sends do not count
  dump -r "$1" --count "ether src 02:00:00:00:00:01${2:+ and $2}" 2>/dev/null | grep -oP '^[0-9]+(?= packet)' || echo 0
}

TAG='ether[12:2] == 0x8100' BEHIND='ether[12:2] == 0x88b5' KEYWORD='vlan 100'
readonly TAG BEHIND KEYWORD
ip netns add "$SPACE"
ip -netns "$SPACE" link add outside type veth peer name inside
ip -netns "$SPACE" link set outside up
ip -netns "$SPACE" link set inside up
capture all
capture tag "$TAG"
capture behind "$BEHIND"
capture keyword "$KEYWORD"
for name in all tag behind keyword; do
  deadline=$((SECONDS + 20))
  until grep -q 'listening on' "$TEMP/$name.log" || ((SECONDS > deadline)); do sleep 0.1; done
done
ip netns exec "$SPACE" python3 -c 'import socket, sys
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
s.bind(("outside", 0))
for _ in range(int(sys.argv[1])):
    s.send(bytes.fromhex("020000000002" "020000000001" "81000064" "88b5") + bytes(46))' "$FRAMES"
deadline=$((SECONDS + 10))
until (($(count "$TEMP/all") == FRAMES && $(count "$TEMP/keyword") == FRAMES)) || ((SECONDS > deadline)); do sleep 0.1; done
sleep 1

echo "$(dump --version 2>&1 | head -n 2 | paste -sd ' '), Debian packages $VERSION and $LIBRARY; Linux $(uname -r)"
expect() { # NAME FILTER LIVE FILE
  local live file
  live=$(count "$TEMP/$1") file=$(count "$TEMP/all" "$2")
  echo "$2: $live of $FRAMES frames live, $file from the file of all frames"
  [[ $live == "$3" && $file == "$4" ]] || fail "expected $3 and $4"
}
[[ $(count "$TEMP/all") == "$FRAMES" ]] || fail "the capture without a filter has not all frames"
expect tag "$TAG" 0 "$FRAMES"
expect behind "$BEHIND" "$FRAMES" 0
expect keyword "$KEYWORD" "$FRAMES" "$FRAMES"
echo 'As found: live, a filter on bytes does not see the outermost tag, which the file of the same frames contains.'
