# shellcheck shell=bash
# Uses the running Docker, else starts a private one below the run directory, which needs no system service and leaves nothing behind.

readonly OWN_DOCKER=/run/vlink-docker/$VLINK_LAB # short: paths of sockets are limited
readonly OWN_CGROUP=vlink-docker-$VLINK_LAB
readonly DOCKER_DEADLINE=30

use_docker() {
  local start
  use_recorded_docker
  if ! docker info >/dev/null 2>&1; then
    start=$(milliseconds)
    start_own_docker
    export DOCKER_HOST=unix://$OWN_DOCKER/docker.sock
    await_docker "$start"
    done_line "no Docker was running: started a private one" "$start" "${DIM}DOCKER_HOST=$DOCKER_HOST$PLAIN"
  fi
}

use_recorded_docker() {
  if [[ -s $RUN/containers ]]; then
    DOCKER_HOST=$(<"$RUN/containers")
    export DOCKER_HOST
  fi
}

# It has no bridge and does not touch the machine's packet filter: the suite's networks are bridges, its ports use docker-proxy.
start_own_docker() {
  end_own_docker # the remains of a killed one
  mkdir -p "$OWN_DOCKER" "$RUN/docker" "$RUN/logs"
  setsid dockerd --host "unix://$OWN_DOCKER/docker.sock" --data-root "$RUN/docker" --exec-root "$OWN_DOCKER/exec" --pidfile "$OWN_DOCKER/dockerd.pid" \
    --cgroup-parent "/$OWN_CGROUP" --bridge none --iptables=false --ip6tables=false --ip-masq=false </dev/null >"$RUN/logs/dockerd.log" 2>&1 &
  disown
}

await_docker() { # START
  until docker info >/dev/null 2>&1; do
    (($(milliseconds) - $1 < DOCKER_DEADLINE * 1000)) || docker_failed "did not answer after $DOCKER_DEADLINE s"
    [[ -e $OWN_DOCKER/dockerd.pid ]] || (($(milliseconds) - $1 < 5000)) || docker_failed "has exited"
    progress "starting Docker" "$1" ""
    sleep 0.1
  done
  end_progress
}

docker_failed() { # WHAT
  end_progress
  grep -E 'level=(error|fatal)|^failed|^unable' "$RUN/logs/dockerd.log" | tail -n 5 | sed 's/^/  | /' >&2
  die "$NO_DOCKER" "no Docker is running, and a private one $1; its log is $RUN/logs/dockerd.log" \
    "it needs root, control groups and an overlay file system; or set DOCKER_HOST to a running Docker"
}

# Stops it with all of its processes, even if it was killed. Images and volumes stay below the run directory.
end_own_docker() {
  local pid mount bridge
  [[ -d $OWN_DOCKER ]] || return 0
  pid=$(cat "$OWN_DOCKER/dockerd.pid" 2>/dev/null) || true
  ! own_docker "${pid:-none}" || kill "$pid"
  for _ in {1..200}; do
    own_docker "${pid:-none}" || break
    sleep 0.05
  done
  while read -r pid; do
    ! own_docker "$pid" || kill -KILL "$pid" 2>/dev/null || true
  done < <(pgrep -f -- "$OWN_DOCKER/" || true)
  end_orphans
  while read -r mount; do
    umount --lazy "$mount" 2>/dev/null || true
  done < <(awk -v at="$OWN_DOCKER/" -v data="$RUN/docker/" 'index($2 "/", at) == 1 || index($2 "/", data) == 1 { print $2 }' /proc/mounts | sort -r)
  for bridge in svc ctl cbl; do
    ip link del "$VLINK_LAB-$bridge" 2>/dev/null || true
  done
  rm -rf "$OWN_DOCKER" "$RUN/docker/network"
  rmdir "${OWN_DOCKER%/*}" 2>/dev/null || true
}

# Kills processes of containers if no containerd is left to stop them.
end_orphans() {
  local directory
  while read -r directory; do
    xargs --no-run-if-empty kill -KILL <"$directory/cgroup.procs" 2>/dev/null || true
    for _ in {1..50}; do
      rmdir "$directory" 2>/dev/null && break
      sleep 0.02
    done
  done < <(find /sys/fs/cgroup -depth -type d \( -name "$OWN_CGROUP" -o -path "*/$OWN_CGROUP/*" \) 2>/dev/null)
}

is_own_docker() { [[ ${DOCKER_HOST:-} == "unix://$OWN_DOCKER/"* ]]; }

# Only while the pid belongs to a process that was started for this directory.
own_docker() { # PID
  [[ -r /proc/$1/cmdline ]] && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qE "^(/[^ ]*/)?(dockerd|containerd|containerd-shim|containerd-shim-runc-v2|docker-proxy) .*$OWN_DOCKER/"
}
