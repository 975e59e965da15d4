# shellcheck shell=bash
# Builds the suite if a source has changed since the last build.

readonly SERVICES=(network-api path-service flow-service switch-gateway)
BUILT_TOO='' # another module to build

# Includes the operator for images; nothing else runs it.
build() { # [operator]
  local now stamp=$RUN/built${1:+-$1}
  BUILT_TOO=${1:-}
  now=$(sources_fingerprint)
  if [[ ${VLINK_BUILD:-} == never ]]; then
    artifacts_exist || die "$BUILD_FAILED" "nothing was built yet, but VLINK_BUILD is never; unset VLINK_BUILD"
    return
  fi
  if [[ -e $stamp && $(<"$stamp") == "$now" ]] && artifacts_exist; then
    prepare_starts
    return
  fi
  ! any_process_runs || { # their jars are about to change
    echo "  sources have changed: stopping the running suite"
    stop_suite
  }
  with_progress "building the suite" "$RUN/build.log" module_at maven --threads 1C package -Dmaven.test.skip=true -Dspotless.check.skip=true --projects "$(modules_that_run)" --also-make || {
    grep -E '^\[(ERROR|FATAL)' "$RUN/build.log" | head -n 25 | sed 's/^/  | /' >&2
    grep -qE '^\[(ERROR|FATAL)' "$RUN/build.log" || tail_of "$RUN/build.log"
    die "$BUILD_FAILED" "the build failed; its log is $RUN/build.log"
  }
  echo "$now" >"$stamp"
  prepare_starts
}

# --- caches of loaded classes: each process reads one when it starts -------------------------------------------------

# They are made from a short run of the new build, with two switches of its own, and fit only the same JDK and jars. There are none before
# JDK 25. They contain profiles of the code too, so hot methods are compiled sooner.
prepare_starts() {
  local process lacking=()
  [[ ${VLINK_FAST_STARTS:-} != never ]] && (($(jdk_version "$JDK") >= 25)) && ! any_process_runs || return 0
  for process in "${PROCESSES[@]}"; do
    has_cache "$process" || lacking+=("$process")
  done
  ((${#lacking[@]} > 0)) || return 0
  need_free_ports
  with_progress "preparing fast starts" "$RUN/training.log" last_line make_caches "${lacking[@]}" || {
    stop_suite
    echo "  fast starts could not be prepared, so every start takes longer; see $RUN/training.log" >&2
  }
  rm -rf "$RUN/training"
}

last_line() { tail -n 1 "$1"; } # LOG

has_cache() { # PROCESS
  [[ -e $(cache_of "$1") && $(cache_of "$1") -nt $(jar_of "$1") && $(cache_of "$1") -nt $JDK/release ]]
}

cache_of() { echo "$(jar_of "$1").aot"; } # PROCESS

jar_of() { # PROCESS
  if [[ $1 == broker ]]; then broker_jar; else service_jar "$1"; fi
}

make_caches() { # PROCESS...
  local process making=()
  stop_rehearsal_switches
  rm -rf "$RUN/training"
  mkdir -p "$RUN/training"
  TRAINING=$RUN/training
  echo "running the suite for profiles"
  start_broker
  await_ready broker
  for process in "$@"; do
    [[ $process == broker ]] || start_service "$process"
  done
  await_ready "$@"
  start_rehearsal_switches
  rehearse "$@"
  stop_suite
  echo "writing the caches"
  for process in "$@"; do
    write_cache "$process" &
    making+=($!)
  done
  for process in "${making[@]}"; do
    wait "$process" || return 1
  done
}

readonly REHEARSED=1000

# Two bridges of an Open vSwitch with dummy devices, which need no privileges and touch nothing outside, with a patch between them and many ends.
start_rehearsal_switches() {
  local bridge number transaction=(--no-wait init)
  {
    ovsdb-tool create "$TRAINING/conf.db" /usr/share/openvswitch/vswitch.ovsschema
    OVS_RUNDIR=$TRAINING ovsdb-server "$TRAINING/conf.db" --remote="punix:$TRAINING/db.sock" --unixctl="$TRAINING/ovsdb.ctl" --pidfile="$TRAINING/ovsdb-server.pid" --detach -vconsole:off
    OVS_RUNDIR=$TRAINING ovs-vswitchd "unix:$TRAINING/db.sock" --enable-dummy=override --disable-system --unixctl="$TRAINING/vswitchd.ctl" --pidfile="$TRAINING/ovs-vswitchd.pid" --detach -vconsole:off
    for bridge in a b; do
      transaction+=(-- add-br "$bridge" -- set bridge "$bridge" datapath_type=dummy fail_mode=secure "other-config:datapath-id=000000000000000$bridge" protocols=OpenFlow13,OpenFlow14
        -- set-controller "$bridge" "tcp:127.0.0.1:$VLINK_OPENFLOW_PORT")
    done
    transaction+=(-- add-port a ab -- set interface ab type=patch options:peer=ba -- add-port b ba -- set interface ba type=patch options:peer=ab)
    for ((number = 0; number < REHEARSED; number++)); do
      for bridge in a b; do
        transaction+=(-- add-port "$bridge" "$bridge$number" -- set interface "$bridge$number" type=patch "options:peer=no-$bridge$number")
      done
    done
    ovs-vsctl -vtimeval:off --db="unix:$TRAINING/db.sock" --timeout=20 "${transaction[@]}"
  } >&2 || echo "the switches for the rehearsal could not be started" >&2
}

# Also stops those of an interrupted rehearsal.
stop_rehearsal_switches() {
  local file
  for file in "$RUN"/training/{ovs-vswitchd,ovsdb-server}.pid; do
    [[ ! -e $file ]] || ! grep -qF "$RUN/training/" "/proc/$(<"$file")/cmdline" 2>/dev/null || kill "$(<"$file")" || true
  done
}

# Runs every kind of request once, and the most frequent kinds many times.
rehearse() { # PROCESS...
  local process round at="/v1/namespaces/default/networks/rehearsal" node link vlink='"type":"vlink","path":{"fromEndpoint":"node-a","toEndpoint":"node-b","links":["link-ab"]}'
  vlink+=',"reversePath":{"fromEndpoint":"node-b","toEndpoint":"node-a","links":["link-ba"],"capabilities":{"bandwidthBits":"10K"}}'
  for node in a b; do
    ask PUT "/v1/overlays/default/nodes/node-$node" "{\"datapathId\":\"000000000000000$node\"}"
  done
  for link in ab ba; do
    ask PUT "/v1/overlays/default/links/link-$link" "{\"from\":{\"node\":\"node-${link:0:1}\",\"port\":\"$link\"},\"to\":{\"node\":\"node-${link:1}\",\"port\":\"${link:1}${link:0:1}\"},\"capacityBits\":\"1G\",\"latencyNanos\":\"1ms\"}"
  done
  for node in a b; do
    many DeclareAttachment "/$node" ",\"spec\":{\"node\":\"node-$node\",\"port\":\"$node%d\"}"
  done
  for round in 1 2 3; do
    ask PUT "$at-0" "{$vlink}"
    ask GET "$at-0" ''
    ask GET "$at-0/path" ''
    ask DELETE "$at-0" ''
    ask GET /v1/switches ''
    many DeclareNetwork '' ",\"spec\":{$vlink}"
    many WithdrawNetwork '' ''
    for process in "$@"; do
      [[ $process == broker ]] ||
        curl --silent --max-time 5 "http://127.0.0.1:$(port_of "$process")/q/health" "http://127.0.0.1:$(port_of "$process")/q/metrics" >/dev/null || true
    done
  done
}

ask() { # METHOD PATH BODY; waits for the effect and ignores the answer
  curl --silent --max-time 5 --output /dev/null --request "$1" --header 'Content-Type: application/json' --header 'Prefer: wait=4' ${3:+--data "$3"} "$(api)$2" || true
}

many() { # REQUEST SUBJECT MEMBERS, in which %d is the number
  local number
  for ((number = 0; number < REHEARSED; number++)); do
    printf '{"type":"%s","id":"default/default/rehearsal-%d%s"%s}\n' "$1" "$number" "$2" "${3//%d/$number}"
  done | curl --silent --max-time 20 --output /dev/null --header 'Content-Type: application/x-ndjson' --data-binary @- "$(api)/v1/bulk" || true
}

write_cache() { # PROCESS: from the recording of its run, with the flags of that run
  local process=$1 log=$RUN/training/$1.log newer
  mapfile -t newer < <(newer_flags)
  "$JDK/bin/java" "${newer[@]}" -XX:AOTMode=create "-XX:AOTConfiguration=$RUN/training/$process.aotconf" "-XX:AOTCache=$(cache_of "$process")" \
    "${JVM_FLAGS[@]}" -jar "$(jar_of "$process")" >"$log" 2>&1 || {
    cat "$log"
    return 1
  }
}

maven() { # ARGUMENT...
  local options=${MAVEN_OPTS:-}
  (($(jdk_version "$JDK") < 24)) || options+=" --sun-misc-unsafe-memory-access=allow" # Maven's libraries still use it; not worth a warning
  (cd "$ROOT" && JAVA_HOME=$JDK MAVEN_OPTS=$options exec mvn -B "$@")
}

modules_that_run() {
  local IFS=,
  echo "local-broker,topics,audit,cli,${SERVICES[*]}${BUILT_TOO:+,k8s/$BUILT_TOO}"
}

# Path, time and size of every source of the jars.
sources_fingerprint() {
  (cd "$ROOT" && find pom.xml .mvn ./*/pom.xml ./*/src/main ${BUILT_TOO:+"k8s/$BUILT_TOO/pom.xml" "k8s/$BUILT_TOO/src/main"} -type f -printf '%p %T@ %s\n' | sort | md5sum)
}

artifacts_exist() {
  local service
  [[ -e $(broker_jar) && -e $(topics_jar) && -e $(audit_jar) && -e $CLI_JAR ]] || return 1
  for service in "${SERVICES[@]}" $BUILT_TOO; do
    [[ -e $(service_jar "$service") ]] || return 1
  done
}

module_at() { # LOG
  sed -n "s/^\[INFO\] Building Vlink: \(.*\) [^ ]*-SNAPSHOT *\(\[.*\]\)/\2 \1/p" "$1" | tail -n 1
}
