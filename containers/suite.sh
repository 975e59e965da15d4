# shellcheck shell=bash disable=SC2034
# Sourced last by ./vlink for a suite in containers: replaces up, down, status and logs. The rest of the command, including the proof of the
# demo, works as with processes: containers/lab has the commands of tests/lab/lab.

choose_ports recorded
LAB_COMMAND=$ROOT/containers/lab
export VLINK_RUN=$RUN
for part in rootfs reproducible oci images docker; do
  # shellcheck source=/dev/null
  source "$ROOT/containers/$part.sh"
done

readonly WORKLOADS=(ping pong) SWITCHES=(switch-a switch-b switch-c switch-d switch-e)
readonly CONTAINERS=(kafka "${SERVICES[@]}" "${SWITCHES[@]}" "${WORKLOADS[@]}")

up() {
  need_root
  title "Vlink in containers"
  ! any_process_runs || die "$USAGE" "the suite is already running as processes" "run ./vlink down first"
  mkdir -p "$RUN"
  set_up containers
  choose_ports
  VLINK_FAST_STARTS=never build operator # containers cannot use the caches
  [[ -e $RUN/containers ]] || : >"$RUN/containers" # from now on, ./vlink down stops containers
  use_docker
  echo "${DOCKER_HOST:-}" >"$RUN/containers"
  record_ports
  choose_kafka
  images
  load_images
  [[ -n $(healths) ]] || need_free_ports
  start_containers
  "$LAB_COMMAND" list >"$RUN/lab"
  declare_topology
  await_switches
}

make_images_only() {
  local image names=() archive=$RUN/images/vlink.tar
  need_root
  mkdir -p "$RUN"
  set_up
  VLINK_FAST_STARTS=never build operator
  images
  while read -r image; do
    names+=("$image:$IMAGE_VERSION")
    printf '%-30s %s\n' "$image:$IMAGE_VERSION" "$(image_id "$image:$IMAGE_VERSION")"
  done < <(image_names)
  docker_archive "${names[@]}" >"$archive"
  echo "To load them into Docker: docker load --input $archive. docker-registry can serve $RUN/images/store unchanged."
}

# Chooses apache/kafka if it is present or can be pulled, else the substitute, with a message.
choose_kafka() {
  local image
  image=$(sed -n 's/.*VLINK_KAFKA_IMAGE:-\(.*\)}/\1/p' "$ROOT/docker-compose.yml")
  [[ -z ${VLINK_KAFKA_IMAGE:-} ]] || return 0
  if docker image inspect "$image" >/dev/null 2>&1 || with_progress "pulling $image" "$RUN/pull.log" no_detail timeout 120 docker pull --quiet "$image"; then
    export VLINK_KAFKA_IMAGE=$image
  else
    export VLINK_KAFKA_IMAGE=vlink/kafka:$IMAGE_VERSION
    echo "  ${YELLOW}!${PLAIN} $image cannot be pulled here; using $VLINK_KAFKA_IMAGE, the same Kafka from its Maven artifacts"
  fi
}

compose() { # ARGUMENT...
  if docker compose version >/dev/null 2>&1; then
    docker compose --project-name "$VLINK_LAB" --file "$ROOT/docker-compose.yml" "$@"
  else
    docker-compose --project-name "$VLINK_LAB" --file "$ROOT/docker-compose.yml" "$@"
  fi
}

start_containers() {
  local start
  start=$(milliseconds)
  remove_workloads
  with_progress "creating the containers" "$RUN/compose.log" no_detail compose up --detach --remove-orphans || {
    tail_of "$RUN/compose.log"
    die "$SERVICE_FAILED" "the containers could not be started; the log is $RUN/compose.log"
  }
  await_healthy
  done_line "all containers are healthy" "$start" "${DIM}$(healths | wc -l) containers$PLAIN"
}

# Workloads are in the process namespace of a switch, so they must not outlive it when compose recreates it.
remove_workloads() {
  local workload
  for workload in "${WORKLOADS[@]}"; do
    docker ps --all --quiet --filter "label=com.docker.compose.project=$VLINK_LAB" --filter "label=com.docker.compose.service=$workload"
  done | xargs --no-run-if-empty docker rm --force >/dev/null
}

# Prints lines "CONTAINER STATE": healthy, starting, unhealthy, or its running state if it has no check.
healths() {
  docker ps --all --filter "label=com.docker.compose.project=$VLINK_LAB" --format '{{.Label "com.docker.compose.service"}} {{.Status}}' |
    sed -E 's/ Up .*\((health: )?([a-z]+)\)$/ \2/; s/ Up .*/ running/' | sort
}

await_healthy() {
  local start waiting
  start=$(milliseconds)
  while waiting=$(healths | awk '$2 != "healthy" && $2 != "running"') && [[ -n $waiting ]]; do
    [[ ! $waiting =~ unhealthy|Restarting|Exited ]] || (($(milliseconds) - start < 10000)) || break
    (($(milliseconds) - start < READY_DEADLINE * 1000)) || break
    progress "starting the containers" "$start" "waiting for $(awk '{ print $1 }' <<<"$waiting" | xargs)"
    sleep 0.2
  done
  end_progress
  [[ -n $waiting ]] || return 0
  compose logs --no-color --tail 20 "$(awk 'NR == 1 { print $1 }' <<<"$waiting")" 2>&1 | sed 's/^/  | /' >&2
  die "$SERVICE_FAILED" "these containers are not healthy: ${waiting//$'\n'/; }" "see ./vlink logs; ./vlink down stops everything"
}

down() { # [--containers] [--keep]
  local start volumes=(--volumes)
  start=$(milliseconds)
  need_root
  [[ " $* " != *" --keep "* ]] || volumes=()
  use_recorded_docker
  if docker info >/dev/null 2>&1; then
    "$LAB_COMMAND" down
    remove_workloads
    compose down --remove-orphans --timeout 10 "${volumes[@]}" >"$RUN/compose.log" 2>&1 ||
      is_own_docker || # which drops its networks anyway; Docker 20 sometimes reports endpoints in an empty network
      {
        tail_of "$RUN/compose.log"
        die "$FAILED" "the containers could not be removed; the log is $RUN/compose.log"
      }
  fi
  end_own_docker
  rm -rf "$RUN"/{containers,settings,lab,answer.json,answers,frames.before,frames.after}
  done_line "all containers are removed" "$start"
}

status() {
  local name state result=0
  use_running_docker
  printf '%s%-16s %s%s\n' "$BOLD" container health "$PLAIN"
  while read -r name state; do
    case $state in
      healthy | running) state=$GREEN$state$PLAIN ;;
      *) state=$RED$state$PLAIN result=$NOT_RUNNING ;;
    esac
    printf '%-16s %s\n' "$name" "$state"
  done < <(healths)
  lab_status
  return "$result"
}

logs() { # [CONTAINER [LOGS-ARGUMENT...]]
  use_running_docker
  local colour=()
  [[ -t 1 ]] || colour=(--no-color)
  if (($# == 0)); then
    compose logs "${colour[@]}" --tail 20
    return
  fi
  [[ " ${CONTAINERS[*]} " == *" $1 "* ]] || die "$USAGE" "there is no container '$1'; containers: ${CONTAINERS[*]}"
  compose logs "${colour[@]}" --tail 200 "${@:2}" "$1"
}

use_running_docker() {
  [[ -e $RUN/containers ]] || die "$NOT_RUNNING" "no containers are running" "start them with ./vlink up --containers"
  use_recorded_docker
}

log_of() { echo "shown by ./vlink logs $1"; }

what_next() {
  title "The suite is still running"
  cat <<END
  API            $(api)/v1
  try it out     $(api)/q/swagger-ui
  with docker    ${DOCKER_HOST:+export DOCKER_HOST=$DOCKER_HOST; }docker ps
  another ping   containers/lab exec ping ping 192.168.1.3
  a workload     containers/lab plug b alice 10.1.0.1/24
  See also ./vlink status and ./vlink logs CONTAINER. To stop everything: ./vlink down
END
}
