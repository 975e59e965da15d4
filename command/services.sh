# shellcheck shell=bash
# The suite's processes: the broker and the four services, each with a pid file and a log below .run/.

readonly PROCESSES=(broker "${SERVICES[@]}")
readonly READY_DEADLINE=120 STOP_DEADLINE=15

# Chooses ports from the environment, else from the running suite, else the defaults. 'recorded': the running suite wins silently.
choose_ports() { # [recorded]
  local name default
  for name in VLINK_API_PORT=8080 VLINK_PATH_PORT=8081 VLINK_FLOW_PORT=8082 VLINK_GATEWAY_PORT=8083 VLINK_OPENFLOW_PORT=6653 \
    VLINK_KAFKA_PORT=9092 VLINK_LAB=vlink; do
    default=${name#*=}
    name=${name%=*}
    choose_one "$name" "$default" "${1:-}"
  done
}

choose_one() { # NAME DEFAULT [recorded]
  local recorded=''
  [[ ! -e $RUN/settings ]] || recorded=$(sed -n "s/^$1=//p" "$RUN/settings")
  [[ -z $recorded || ${3:-} != recorded ]] || export "$1=$recorded"
  if [[ -n $recorded && -n ${!1:-} && ${!1} != "$recorded" ]]; then
    die "$USAGE" "$1 is $recorded in the running suite, but ${!1} in the environment" "unset it, or run ./vlink down first"
  fi
  export "$1=${!1:-${recorded:-$2}}"
  if [[ $1 == *_PORT && ! ${!1} =~ ^[1-9][0-9]{0,4}$ ]]; then
    die "$USAGE" "$1 must be a port number, not '${!1}'"
  fi
}

record_ports() {
  local name
  for name in VLINK_{API,PATH,FLOW,GATEWAY,OPENFLOW,KAFKA}_PORT VLINK_LAB; do
    echo "$name=${!name}"
  done >"$RUN/settings"
}

port_variable() { # PROCESS
  case $1 in
    broker) echo VLINK_KAFKA_PORT ;;
    network-api) echo VLINK_API_PORT ;;
    path-service) echo VLINK_PATH_PORT ;;
    flow-service) echo VLINK_FLOW_PORT ;;
    switch-gateway) echo VLINK_GATEWAY_PORT ;;
  esac
}

port_of() { # PROCESS
  local name
  name=$(port_variable "$1")
  echo "${!name}"
}

api() { echo "http://127.0.0.1:$VLINK_API_PORT"; }

service_jar() { # SERVICE; the operator is one too
  local folder=$ROOT/$1
  [[ $1 != operator ]] || folder=$ROOT/k8s/operator
  echo "$folder/target/quarkus-app/quarkus-run.jar"
}

log_of() { echo "$RUN/logs/$1.log"; }

pid_file() { echo "$RUN/pids/$1"; }

pid_of() { [[ ! -e $(pid_file "$1") ]] || cat "$(pid_file "$1")"; }

# Only if the pid still belongs to the started process: its command line names this run directory.
process_runs() { # PROCESS
  local pid word
  pid=$(pid_of "$1")
  [[ -n $pid ]] || return 1
  while IFS= read -r -d '' word; do
    [[ $word != *"$RUN/"* ]] || return 0
  done 2>/dev/null <"/proc/$pid/cmdline"
  return 1
}

any_process_runs() {
  local process
  for process in "${PROCESSES[@]}"; do
    ! process_runs "$process" || return 0
  done
  return 1
}

# Starts the broker first: the services would wait for it, but log a warning at each try.
launch_broker() {
  record_ports
  started=()
  process_runs broker || {
    start_broker
    started+=(broker)
  }
}

start_suite() {
  local service start
  start=$(milliseconds)
  await_ready broker
  for service in "${SERVICES[@]}"; do
    process_runs "$service" || {
      start_service "$service"
      started+=("$service")
    }
  done
  await_ready "${SERVICES[@]}"
  done_line "broker and services are ready" "$start" "${DIM}started: ${started[*]:-none, all were running}$PLAIN"
}

need_free_ports() {
  local process
  for process in "${PROCESSES[@]}"; do
    process_runs "$process" || {
      need_free_port "$(port_of "$process")" "$process" "$(port_variable "$process")"
      [[ $process != switch-gateway ]] || need_free_port "$VLINK_OPENFLOW_PORT" "the OpenFlow side of switch-gateway" VLINK_OPENFLOW_PORT
    }
  done
}

need_free_port() { # PORT FOR VARIABLE
  local taken by
  taken=$(ss -Hltnp "sport = :$1" | awk '$4 ~ /^(127\.0\.0\.1|0\.0\.0\.0|\*|\[::\]|\[::ffff:127\.0\.0\.1\]):/')
  [[ -n $taken ]] || return 0
  by=$(sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1 (pid \2)/p' <<<"$taken" | head -n 1)
  die "$PORT_TAKEN" "port $1 for $2 is in use by ${by:-another process}" "stop that, or choose another port: $3=... ./vlink ${command:-}"
}

broker_jar() {
  local jars=("$ROOT"/local-broker/target/local-broker-*.jar)
  echo "${jars[0]}"
}

topics_jar() {
  local jars=("$ROOT"/topics/target/topics-*.jar)
  echo "${jars[0]}"
}

audit_jar() {
  local jars=("$ROOT"/audit/target/audit-*.jar)
  echo "${jars[0]}"
}

start_broker() {
  launch broker 256m -jar "$(broker_jar)" "$VLINK_KAFKA_PORT" "${TRAINING:-$RUN}/kafka"
}

# One partition: a lab has one overlay, and each watched partition costs the broker time on every record.
start_service() { # SERVICE
  local extra=() listen=127.0.0.1:$VLINK_OPENFLOW_PORT
  [[ -n ${TRAINING:-} ]] || listen+=",$("$LAB_COMMAND" address):$VLINK_OPENFLOW_PORT"
  [[ $1 != switch-gateway ]] || extra+=("-Dvlink.gateway.openflow.listen=$listen")
  # Every start begins not ready, so that is not worth a line in the log.
  launch "$1" $SERVICE_MEMORY '-Dquarkus.log.category."io.smallrye.health".level=ERROR' -Dquarkus.http.host=127.0.0.1 "-Dquarkus.http.port=$(port_of "$1")" \
    "-Dkafka.bootstrap.servers=127.0.0.1:$VLINK_KAFKA_PORT" "-Dvlink.log.instance-id=$1" "-Dvlink.log.partitions=${VLINK_PARTITIONS:-1}" "${extra[@]}" -jar "$(service_jar "$1")"
}

# A cache fits only a JVM with the flags that it was made with. The heap starts small and grows with live data; half of it is for
# short-lived objects, so few of them are ever copied. Reduced inlining saves a good third of the compilers' time: the suite is fast sooner
# and no slower afterwards.
readonly HEAP_FLAGS=(-XX:+UseSerialGC -Xms64m -XX:NewRatio=1 -XX:SurvivorRatio=4) SERVICE_MEMORY=384m
readonly INLINE_FLAGS=(-XX:FreqInlineSize=175 -XX:InlineSmallCode=1200)
readonly JVM_FLAGS=("${HEAP_FLAGS[@]}" "${INLINE_FLAGS[@]}" -XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=0)

# Prints flags that only newer JDKs have, one per line. Compact headers make each object four bytes smaller.
newer_flags() {
  local version
  version=$(jdk_version "$JDK")
  ((version < 24)) || echo --sun-misc-unsafe-memory-access=allow # Netty and Kafka still use it; not worth a warning
  ((version < 25)) || echo -XX:+UseCompactObjectHeaders
}

# Runs in its own process group and ignores SIGHUP: neither Ctrl-C here nor a closed terminal ends it. It has no session of its own: Linux
# may divide processors among sessions first (sched_autogroup), and compilers with a low priority would then yield only to their own
# process, not to the others.
launch() { # PROCESS MEMORY JVM-ARGUMENT...
  local process=$1 flags
  mapfile -t flags < <(newer_flags)
  flags+=("${JVM_FLAGS[@]}" "-Xmx$2" "-Dlaunched.as=$RUN/$1")
  shift 2
  if has_cache "$process"; then
    flags+=("-XX:AOTCache=$(cache_of "$process")")
  elif [[ -n ${TRAINING:-} ]]; then
    flags+=(-XX:AOTMode=record "-XX:AOTConfiguration=$TRAINING/$process.aotconf")
  fi
  mkdir -p "$RUN"/{logs,pids}
  [[ ! -s $(log_of "$process") ]] || mv -f "$(log_of "$process")" "$(log_of "$process").1"
  (
    set -m
    trap '' HUP
    "$JDK/bin/java" "${flags[@]}" "$@" </dev/null >"$(log_of "$process")" 2>&1 &
    echo $! >"$(pid_file "$process")"
  )
}

# Lowers the priority of the C2 compiler: on two cores it would take half of the first minute. C1 keeps its priority, because everything
# waits for it. The JVM has one priority for both.
step_compiler_back() { # PROCESS; fails while it has no such thread yet
  local file name
  for file in "/proc/$(pid_of "$1")"/task/*/comm; do
    read -r name 2>/dev/null <"$file" || continue
    [[ $name == 'C2 '* ]] || continue
    file=${file%/comm}
    renice -n 19 -p "${file##*/}" >/dev/null
    return
  done
  return 1
}

# Polls one after the other: polling all would take processor time that they need to become ready.
await_ready() { # PROCESS...
  local start waiting=("$@") process rounds=0
  local -A stepped_back=()
  start=$(milliseconds)
  while ((${#waiting[@]} > 0)); do
    for process in "${waiting[@]}"; do
      process_runs "$process" || service_failed "$process" "has exited"
      [[ -n ${stepped_back[$process]:-} ]] || ! step_compiler_back "$process" || stepped_back[$process]=yes
    done
    if is_ready "${waiting[0]}"; then
      waiting=("${waiting[@]:1}")
      continue
    fi
    (($(milliseconds) - start < READY_DEADLINE * 1000)) || service_failed "${waiting[0]}" "was not ready after $READY_DEADLINE s"
    # If Kafka's data is in doubt no service becomes ready, and the gateway knows why.
    [[ ${waiting[0]} == broker || -n ${TRAINING:-} ]] || ((++rounds % 10 != 0 || $(milliseconds) - start < 3000)) || ask_operator
    progress "starting broker and services" "$start" "waiting for ${waiting[0]}"
    sleep 0.1
  done
  end_progress
}

service_failed() { # PROCESS WHAT
  end_progress
  tail_of "$(log_of "$1")"
  die "$SERVICE_FAILED" "$1 $2; its log is $(log_of "$1")" "the other processes still run; ./vlink down stops them"
}

is_ready() { # PROCESS
  if [[ $1 == broker ]]; then
    grep -q '^Kafka serves' "$(log_of broker)"
  else
    curl --silent --fail --max-time 2 --output /dev/null "http://127.0.0.1:$(port_of "$1")/q/health/ready"
  fi
}

# Stops the broker last: the services write to it when they stop.
stop_suite() {
  adopt_strays
  stop_processes "${SERVICES[@]}"
  stop_processes broker
  stop_rehearsal_switches
}

# Finds processes without a pid file by the path of this run directory in their command line.
adopt_strays() {
  local process pid
  for process in "${PROCESSES[@]}"; do
    process_runs "$process" || {
      pid=$(pgrep -f -- "-Dlaunched.as=$RUN/$process " | head -n 1) || true
      [[ -z $pid ]] || { mkdir -p "$RUN/pids" && echo "$pid" >"$(pid_file "$process")"; }
    }
  done
}

stop_processes() { # PROCESS...
  local process start running=1
  start=$(milliseconds)
  for process in "$@"; do
    ! process_runs "$process" || kill -TERM "$(pid_of "$process")" || true
    ! process_runs "$process" || kill -CONT "$(pid_of "$process")" 2>/dev/null || true # it may have been stopped by SIGSTOP
  done
  while ((running)); do
    running=0
    for process in "$@"; do
      ! process_runs "$process" || running=1
    done
    if (($(milliseconds) - start > STOP_DEADLINE * 1000)); then
      for process in "$@"; do
        ! process_runs "$process" || kill -KILL "$(pid_of "$process")" || true
      done
    fi
    ((running == 0)) || sleep 0.05
  done
  for process in "$@"; do
    rm -f "$(pid_file "$process")"
  done
}
