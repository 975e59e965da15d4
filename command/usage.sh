# shellcheck shell=bash
# Reports a wrong command line, and answers --help, before anything is checked, built or started. topics, audit and the commands for a
# running suite parse their own options.

readonly ELSEWHERE=(--containers --kubernetes)

check_usage() { # COMMAND [ARGUMENT...]
  local word=$1
  shift
  case $word in
    topics | audit) return 0 ;;
    help | -h | --help)
      (($# == 0)) || explain "$1"
      return 0
      ;;
    logs | test) ! is_help "${1:-}" || explain "$word" ;; # other arguments are those of tail or Maven
    *) ! any_help "$@" || explain "$word" ;;
  esac
  case $word in
    demo | up) check_words "$word" "$@" ;;
    down) check_words "$word" "$@" ;;
    status | images) check_words "$word" "$@" ;;
    suite) [[ ${1:-adopt} == adopt || $1 == clear || $* == show || $* == finalise ]] || is_elsewhere "$1" || wrong suite "there is no 'suite $*'" ;;
    bench) check_bench "$@" ;;
  esac
}

is_help() { [[ $1 == --help || $1 == -h ]]; } # WORD

any_help() { # [ARGUMENT...]
  local word
  for word in "$@"; do
    ! is_help "$word" || return 0
  done
  return 1
}

is_elsewhere() { [[ " ${ELSEWHERE[*]} " == *" $1 "* ]]; } # WORD

# A misspelt --keep must not let 'down' delete the data.
check_words() { # COMMAND [ARGUMENT...]
  local word=$1
  shift
  [[ $# == 0 ]] || ! is_elsewhere "$1" || shift
  [[ $word != down || ${1:-} != --keep ]] || shift
  (($# == 0)) || wrong "$word" "there is no '$word $1'"
}

# Checks the options as the benchmark does, which starts only when the suite runs.
check_bench() { # [OPTION VALUE]...
  local option value part
  while (($# > 0)); do
    option=$1 value=${2:-}
    [[ " --vlinks --nodes --repeats --rounds --only --via --out " == *" $option "* ]] || wrong bench "there is no option $option"
    [[ -n $value && $value != --* ]] || wrong bench "the option $option needs a value"
    case $option in
      --vlinks) check_number "$option" "$value" 4000 ;;
      --nodes) check_number "$option" "$value" 10000 ;;
      --repeats) check_number "$option" "$value" 100 ;;
      --rounds) check_number "$option" "$value" 100000 ;;
      --via) [[ $value == rest || $value == kafka ]] || wrong bench "--via must be rest or kafka, not '$value'" ;;
      --only)
        while IFS= read -r -d , part; do
          [[ -n $part && " floor single stages bulk resources topology " == *" $part "* ]] ||
            wrong bench "--only must be a comma-separated list of floor, single, stages, bulk, resources and topology, not '$value'"
        done <<<"$value,"
        ;;
    esac
    shift 2
  done
}

check_number() { # OPTION VALUE MOST
  [[ $2 =~ ^[1-9][0-9]{0,6}$ ]] && (($2 <= $3)) || wrong bench "$1 must be between 1 and $3, not '$2'"
}

wrong() { # COMMAND WHAT
  die "$USAGE" "$2" "see ./vlink $1 --help"
}

# Prints the help of one command.
explain() { # COMMAND
  local entry
  entry=$(help | awk -v command="$1" '
    /^  [^ ]/ { split($1, words, "|"); mine = 0; for (i in words) mine = mine || words[i] == command }
    !/^  / { mine = 0 }
    mine')
  [[ -n $entry ]] || die "$USAGE" "there is no command '$1'; ./vlink help lists them"
  printf 'usage: ./vlink COMMAND\n%s\n' "$entry"
  exit 0
}
