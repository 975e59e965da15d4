# shellcheck shell=bash
# The command for users: ./vlink get, apply and so on run the Java code of cli/. A cache, made once, makes it start fast.

readonly CLI=$ROOT/cli/target
readonly CLI_JAR=$CLI/cli-1.0-SNAPSHOT.jar CLI_JDK=$CLI/jdk CLI_CACHE=$CLI/vlink.cache
readonly CLI_COMMANDS=(get describe apply delete watch wait path topology version completion)
readonly CLI_FLAGS=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx1g -Xlog:disable)

is_cli_command() { # WORD
  [[ " ${CLI_COMMANDS[*]} " == *" $1 "* ]]
}

# Prints nothing itself; the command replaces this shell.
run_cli() { # COMMAND [ARGUMENT...]
  [[ -e $CLI_JAR ]] || build_cli
  [[ $CLI_CACHE -nt $CLI_JAR && -x $(<"$CLI_JDK")/bin/java ]] || make_cli_cache >&2
  local terminal=false columns=0 flags=() beside='' source=''
  if [[ -t 1 ]]; then
    terminal=true
    shopt -s checkwinsize # bash then reads the width after a subshell, unless COLUMNS is set already
    [[ -n ${COLUMNS:-} ]] || (:)
    [[ ! ${COLUMNS:-} =~ ^[1-9][0-9]{0,4}$ ]] || columns=$COLUMNS
  fi
  [[ -n ${VLINK_API:-}${VLINK_API_PORT:-} || ! -e $RUN/settings ]] || export_api_port
  cli_cache_flags read
  [[ $1 != completion ]] || beside=$(sed -n 's/^  \([a-z]\+\)\( | .*\)\?) .*;;$/\1/p' "$ROOT/vlink" | tr '\n' ' ') # the commands of ./vlink itself
  [[ $1 != version ]] || source=$(git -C "$ROOT" describe --always --dirty 2>/dev/null) || true
  exec "$(<"$CLI_JDK")/bin/java" "${CLI_FLAGS[@]}" "${flags[@]}" "-Dvlink.terminal=$terminal" "-Dvlink.columns=$columns" \
    "-Dvlink.commands=$beside" "-Dvlink.source=$source" -jar "$CLI_JAR" "$@"
}

# The port of the suite that runs here.
export_api_port() {
  local line
  while read -r line; do
    [[ $line != VLINK_API_PORT=* ]] || export "${line?}"
  done <"$RUN/settings"
}

build_cli() {
  mkdir -p "$RUN"
  need_jdk
  need_maven
  with_progress "building the command" "$RUN/build-cli.log" no_detail maven package -Dmaven.test.skip=true -Dspotless.check.skip=true --projects cli --also-make >&2 || {
    tail_of "$RUN/build-cli.log"
    die "$BUILD_FAILED" "the build failed; its log is $RUN/build-cli.log"
  }
}

# Runs every command once in a JVM that records the loaded classes. Without the result everything works, but more slowly.
make_cli_cache() {
  local flags=() new=$CLI_CACHE.$$
  [[ -n ${JDK:-} ]] || need_jdk
  echo "$JDK" >"$CLI_JDK"
  cli_cache_flags write "$new"
  "$JDK/bin/java" "${CLI_FLAGS[@]}" "${flags[@]}" -cp "$CLI_JAR" io.vlink.cli.StartupTraining >"$CLI/training.log" 2>&1 || true
  if [[ -e $new ]]; then
    mv "$new" "$CLI_CACHE"
  else
    echo "vlink: the cache could not be made, so commands start more slowly; see $CLI/training.log" >&2
    : >"$CLI_CACHE"
  fi
  rm -f "$new" "$new".*
}

# Sets flags: an AOT cache from JDK 25 on, a class archive before.
cli_cache_flags() { # read|write [FILE]
  local version
  version=$(jdk_version "$(<"$CLI_JDK")")
  case $1-$((version >= 25)) in
    read-1) [[ ! -s $CLI_CACHE ]] || flags=("-XX:AOTCache=$CLI_CACHE") ;;
    read-0) [[ ! -s $CLI_CACHE ]] || flags=("-XX:SharedArchiveFile=$CLI_CACHE" -Xshare:auto) ;;
    write-1) flags=("-XX:AOTCacheOutput=$2") ;;
    write-0) flags=("-XX:ArchiveClassesAtExit=$2") ;;
  esac
}
