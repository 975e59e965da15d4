# shellcheck shell=bash
# Builds what runs, and only if a source has changed since.

readonly SERVICES=(network-api path-service flow-service switch-gateway)

build() {
  local now stamp=$RUN/built
  now=$(sources_fingerprint)
  if [[ ${VLINK_BUILD:-} == never ]]; then
    artifacts_exist || die "$BUILD_FAILED" "VLINK_BUILD is never, but nothing was built yet"
    return
  fi
  if [[ -e $stamp && $(<"$stamp") == "$now" ]] && artifacts_exist; then
    return
  fi
  ! any_process_runs || { # their jars are about to change
    echo "  sources have changed: stopping what runs"
    stop_suite
  }
  with_progress "building the suite" "$RUN/build.log" module_at maven --threads 1C package -Dmaven.test.skip=true -Dspotless.check.skip=true --projects "$(modules_that_run)" --also-make || {
    grep -E '^\[(ERROR|FATAL)' "$RUN/build.log" | head -n 25 | sed 's/^/  | /' >&2
    grep -qE '^\[(ERROR|FATAL)' "$RUN/build.log" || tail_of "$RUN/build.log"
    die "$BUILD_FAILED" "the build failed; all of it is in $RUN/build.log"
  }
  echo "$now" >"$stamp"
}

maven() { # ARGUMENT...
  local options=${MAVEN_OPTS:-}
  (($(jdk_version "$JDK") < 24)) || options+=" --sun-misc-unsafe-memory-access=allow" # Maven's libraries still do; not worth a warning
  (cd "$ROOT" && JAVA_HOME=$JDK MAVEN_OPTS=$options exec mvn -B "$@")
}

modules_that_run() {
  local IFS=,
  echo "local-broker,cli,${SERVICES[*]}"
}

# Path, time and size of everything that goes into the jars.
sources_fingerprint() {
  (cd "$ROOT" && find pom.xml .mvn ./*/pom.xml ./*/src/main -type f -printf '%p %T@ %s\n' | sort | md5sum)
}

artifacts_exist() {
  local service
  [[ -e $(broker_jar) && -e $CLI_JAR ]] || return 1
  for service in "${SERVICES[@]}"; do
    [[ -e $(service_jar "$service") ]] || return 1
  done
}

module_at() { # LOG
  sed -n "s/^\[INFO\] Building Vlink: \(.*\) [^ ]*-SNAPSHOT *\(\[.*\]\)/\2 \1/p" "$1" | tail -n 1
}
