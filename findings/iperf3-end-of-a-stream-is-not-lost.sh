#!/usr/bin/env bash
# iperf3's report of a UDP test is expected to count as lost each datagram that does not arrive. The receiver only counts gaps
# before the last datagram that did arrive. So a path that breaks halfway, and stays broken, loses nothing: the receiver's line
# shows 0 % and a smaller total, although the sender's count is known at the end, and is in the line above. A gap that
# closes again is counted. A relay on this machine stands for the path: it passes datagrams until it is to stop, and always the
# test's own connection. Vlink's CapabilitiesE2E allows for it.
set -euo pipefail

readonly VERSION=3.12-1+deb12u2 SCTP=1.0.19+dfsg-2

fail() {
  echo "CHANGED: $*" >&2
  exit 1
}

TEMP=$(mktemp -d)
started=()
clean_up() {
  ((${#started[@]} == 0)) || kill "${started[@]}" 2>/dev/null || true
  rm -rf "$TEMP"
}
trap clean_up EXIT
(cd "$TEMP" && apt-get --quiet=2 download "iperf3=$VERSION" "libiperf0=$VERSION" "libsctp1=$SCTP" >/dev/null)
for package in "$TEMP"/*.deb; do dpkg-deb --extract "$package" "$TEMP/root"; done
LD_LIBRARY_PATH=$(dirname "$(find "$TEMP/root" -name 'libiperf.so.*' | head -n 1)")
export LD_LIBRARY_PATH
readonly IPERF=$TEMP/root/usr/bin/iperf3

cat >"$TEMP/relay.py" <<'END'
import contextlib, select, socket, sys, threading

server, first, last = ("127.0.0.1", int(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
streams = socket.create_server(("127.0.0.1", 0))
near = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
near.bind(streams.getsockname())
far = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
far.connect(server)


def copy(source, target):
    while data := source.recv(65536):
        target.sendall(data)
    target.shutdown(socket.SHUT_WR)


def accept():
    while True:
        client, _ = streams.accept()
        other = socket.create_connection(server)
        threading.Thread(target=copy, args=(client, other), daemon=True).start()
        threading.Thread(target=copy, args=(other, client), daemon=True).start()


threading.Thread(target=accept, daemon=True).start()
print(streams.getsockname()[1], flush=True)
number, client = 0, None
while True:
    readable, _, _ = select.select([near, far], [], [])
    if near in readable:
        data, client = near.recvfrom(65536)
        number += 1
        if not first <= number <= last:
            with contextlib.suppress(ConnectionRefusedError):  # the server has all that it waits for
                far.send(data)
    if far in readable:
        with contextlib.suppress(ConnectionRefusedError):
            near.sendto(far.recv(65536), client)
END

listens() { # PORT
  [[ -n $(awk -v port="$(printf ':%04X' "$1")" '$4 == "0A" && $2 ~ port "$"' /proc/net/tcp) ]]
}

# Sends 4,000 datagrams through a relay that drops some of them, and sets sent, total and lost from the report.
measure() { # FIRST LAST
  local port relay deadline report
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  "$IPERF" -s -1 -4 -B 127.0.0.1 -p "$port" >"$TEMP/server" 2>&1 &
  started+=($!)
  deadline=$((SECONDS + 20))
  until listens "$port" || ((SECONDS > deadline)); do sleep 0.1; done
  python3 "$TEMP/relay.py" "$port" "$1" "$2" >"$TEMP/relay" 2>/dev/null &
  started+=($!)
  relay=''
  until [[ -n $relay ]] || ((SECONDS > deadline)); do relay=$(cat "$TEMP/relay"); done
  report=$("$IPERF" -c 127.0.0.1 -p "$relay" -u -b 8M -l 1000 -k 4000) || { cat "$TEMP/server" >&2; fail "iperf3 ends with: $report"; }
  sent=$(grep -oP '/\K[0-9]+(?= .*sender)' <<<"$report")
  lost=$(grep -oP '[0-9]+(?=/[0-9]+ .*receiver)' <<<"$report")
  total=$(grep -oP '/\K[0-9]+(?= .*receiver)' <<<"$report")
  kill "${started[@]}" 2>/dev/null || true
  wait "${started[@]}" 2>/dev/null || true
  started=()
}

echo "$("$IPERF" --version | head -n 1), Debian package $VERSION"
measure 1002 2001 # the first datagram only says hello
echo "datagrams 1,001 to 2,000 of 4,000 dropped: sent $sent, the receiver reports $lost of $total lost"
[[ $sent == 4000 && $total -gt 3500 && $lost -ge 1000 && $lost -lt 1100 ]] || fail 'a gap is not counted'
measure 2002 999999
echo "datagrams 2,001 to 4,000 of 4,000 dropped: sent $sent, the receiver reports $lost of $total lost"
[[ $sent == 4000 && $total -le 2000 && $lost -lt 100 ]] || fail 'the end of a stream is counted'
echo 'As found: what is missing at the end of a stream is not lost to iperf3.'
