# shellcheck shell=bash
# Output for the user: results, progress of long steps, and failures, each kind with its own exit code.

# shellcheck disable=SC2034 # used by the other files
{
  readonly FAILED=1 USAGE=2 NOT_RUNNING=3
  readonly NO_ROOT=10 NO_TOOLS=11 NO_OPEN_VSWITCH=12 NO_JDK=13 NO_MAVEN=14 NO_NAMESPACES=15 PORT_TAKEN=16 NO_DOCKER=17
  readonly BUILD_FAILED=20 SERVICE_FAILED=21 LAB_FAILED=22 NOT_DECLARED=23 NOT_PROVEN=24 SUITE_IN_QUESTION=25
}

if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-} != dumb ]]; then
  BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' CYAN=$'\e[36m' YELLOW=$'\e[33m' PLAIN=$'\e[0m'
else
  BOLD='' DIM='' RED='' GREEN='' CYAN='' YELLOW='' PLAIN=''
fi
# shellcheck disable=SC2034
readonly BOLD DIM RED GREEN CYAN YELLOW PLAIN

die() { # CODE LINE...
  local code=$1 line
  shift
  echo "${RED}vlink: $1${PLAIN}" >&2
  for line in "${@:2}"; do
    echo "       $line" >&2
  done
  exit "$code"
}

title() { echo "${BOLD}$*${PLAIN}"; }

milliseconds() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

seconds_since() { # MILLISECONDS
  local passed=$(($(milliseconds) - $1))
  printf '%d.%d s' $((passed / 1000)) $((passed % 1000 / 100))
}

done_line() { # TITLE START [DETAIL]
  printf '  %s✓%s %-44s %s%8s%s  %s\n' "$GREEN" "$PLAIN" "$1" "$DIM" "$(seconds_since "$2")" "$PLAIN" "${3:-}"
}

# Updates one line in a terminal; elsewhere prints a line every 10 s.
progress() { # TITLE START DETAIL
  local passed=$((($(milliseconds) - $2) / 1000))
  if [[ -t 1 ]]; then
    printf '\r\e[K  … %-44s %6d s  %s' "$1" "$passed" "$3"
  elif ((passed >= 10 && passed % 10 == 0 && passed != ${last_progress:-0})); then
    last_progress=$passed
    printf '  … %-44s %6d s  %s\n' "$1" "$passed" "$3"
  fi
}

end_progress() {
  [[ ! -t 1 ]] || printf '\r\e[K'
  last_progress=0
}

# Runs a command with its output in a file and shows progress. DETAIL_OF prints the current step.
with_progress() { # TITLE LOG DETAIL_OF COMMAND...
  local title=$1 log=$2 detail_of=$3 start pid result=0
  shift 3
  start=$(milliseconds)
  "$@" >"$log" 2>&1 &
  pid=$!
  # shellcheck disable=SC2064 # expand now: this process, which gets no Ctrl-C itself
  trap "kill $pid 2>/dev/null; exit 130" INT TERM
  while kill -0 "$pid" 2>/dev/null; do
    progress "$title" "$start" "$("$detail_of" "$log")"
    sleep 0.2
  done
  wait "$pid" || result=$?
  trap - INT TERM
  end_progress
  ((result != 0)) || done_line "$title" "$start"
  return $result
}

no_detail() { :; }

tail_of() { # LOG [LINES]: for the end of an error message
  [[ ! -s $1 ]] || tail -n "${2:-25}" "$1" | sed 's/^/  | /' >&2
}
