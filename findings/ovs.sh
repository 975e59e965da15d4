# shellcheck shell=bash
# One bridge of a pinned Open vSwitch with two ports, for the scripts here; needs neither root nor a kernel's datapath.

readonly VERSION=3.1.0-2+deb12u1 BRIDGE=vf$$

fail() {
  echo "CHANGED: $*" >&2
  exit 1
}

# Fetches, unpacks and starts Open vSwitch; the end of the script stops and removes everything. The datapath is dummy (needs no
# root) or netdev (also accepts Linux interfaces).
open_vswitch() { # DATAPATH
  TEMP=$(mktemp -d)
  trap clean_up EXIT
  (cd "$TEMP" && apt-get --quiet=2 download "openvswitch-switch=$VERSION" "openvswitch-common=$VERSION" >/dev/null)
  for package in "$TEMP"/*.deb; do dpkg-deb --extract "$package" "$TEMP/root"; done
  PATH=$TEMP/root/usr/bin:$TEMP/root/usr/sbin:$TEMP/root/usr/lib/openvswitch-switch:$PATH
  export OVS_RUNDIR=$TEMP OVS_LOGDIR=$TEMP OVS_DBDIR=$TEMP OVS_SYSCONFDIR=$TEMP
  ovsdb-tool create "$TEMP/conf.db" "$TEMP/root/usr/share/openvswitch/vswitch.ovsschema"
  ovsdb-server "$TEMP/conf.db" --remote="punix:$TEMP/db.sock" --unixctl="$TEMP/db.ctl" --pidfile="$TEMP/db.pid" --log-file="$TEMP/db.log" --detach 2>/dev/null
  ovs-vsctl --db="unix:$TEMP/db.sock" --no-wait init
  ovs-vswitchd "unix:$TEMP/db.sock" --enable-dummy --unixctl="$TEMP/vswitchd.ctl" --pidfile="$TEMP/vswitchd.pid" --log-file="$TEMP/vswitchd.log" --detach 2>/dev/null
  ovs-vsctl --db="unix:$TEMP/db.sock" --timeout=20 \
    -- add-br "$BRIDGE" -- set bridge "$BRIDGE" datapath_type="$1" fail_mode=secure protocols=OpenFlow13 \
    -- add-port "$BRIDGE" p1 -- set interface p1 type=dummy ofport_request=1 \
    -- add-port "$BRIDGE" p2 -- set interface p2 type=dummy ofport_request=2 options:tx_pcap="$TEMP/p2.pcap"
  echo "$(ovs-vswitchd --version | head -n 1), Debian package $VERSION"
}

clean_up() {
  local pid
  # Only --cleanup removes its interfaces, and the command returns before that is done.
  [[ ! -s $TEMP/vswitchd.pid ]] || {
    pid=$(cat "$TEMP/vswitchd.pid") # its end removes the file
    ovs-appctl -t "$TEMP/vswitchd.ctl" --timeout=10 exit --cleanup >/dev/null 2>&1 || true
    timeout 10 tail --pid="$pid" -f /dev/null || true
  }
  [[ ! -s $TEMP/db.pid ]] || kill "$(cat "$TEMP/db.pid")" 2>/dev/null || true
  rm -rf "$TEMP"
}

ofctl() { # COMMAND ARGUMENT...
  local command=$1
  shift
  ovs-ofctl -O OpenFlow13 "$command" "unix:$TEMP/$BRIDGE.mgmt" "$@"
}

# Sends a frame into port 1.
receive() { # FRAME...
  ovs-appctl -t "$TEMP/vswitchd.ctl" netdev-dummy/receive p1 "$@" >/dev/null
}
