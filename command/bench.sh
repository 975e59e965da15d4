# shellcheck shell=bash
# Measures the running suite. If none runs, starts one and stops it afterwards.

readonly BENCH_RUNS=75

bench_jar() {
  local jars=("$ROOT"/tests/bench/target/bench-*.jar)
  echo "${jars[0]}"
}

bench() { # ARGUMENT...
  local result=0 started=''
  choose_ports
  if status >/dev/null 2>&1; then
    need_root
    set_up
  else
    up
    started=yes
  fi
  build_bench
  title "Measuring"
  VLINK_RUN=$RUN flock --nonblock --conflict-exit-code $BENCH_RUNS "$RUN/bench.lock" "$JDK/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -Dorg.slf4j.simpleLogger.defaultLogLevel=error -jar "$(bench_jar)" "$@" || result=$?
  ((result != BENCH_RUNS)) || die "$USAGE" "another ./vlink bench is measuring this suite" "wait until it has finished, or stop it: two at once would measure each other"
  [[ -z $started ]] || down
  return "$result"
}

build_bench() {
  if [[ ${VLINK_BUILD:-} != never ]] && [[ ! -e $(bench_jar) || -n $(find "$ROOT"/tests/bench/{pom.xml,src} "$ROOT/events/src/main" -newer "$(bench_jar)" -print -quit) ]]; then
    with_progress "building the benchmark" "$RUN/build-bench.log" no_detail maven package -Dmaven.test.skip=true -Dspotless.check.skip=true --projects tests/bench --also-make || {
      tail_of "$RUN/build-bench.log"
      die "$BUILD_FAILED" "the benchmark could not be built"
    }
  fi
  [[ -e $(bench_jar) ]] || die "$BUILD_FAILED" "the benchmark was not built yet, but VLINK_BUILD is never; unset VLINK_BUILD"
}
