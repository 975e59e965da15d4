# shellcheck shell=bash
# Makes the images of the suite from the jars of ./vlink and the programs of this machine: the same images for docker-compose and Kubernetes.

readonly IMAGE_VERSION=${VLINK_VERSION:-latest}

# The modules for jlink, which adds their dependencies.
readonly JAVA_MODULES=java.se,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs

readonly SWITCH_PROGRAMS=(ip ethtool nsenter ovsdb-tool ovsdb-server ovs-vswitchd ovs-vsctl ovsdb-client ovs-ofctl ovs-appctl awk getent grep sha256sum sort timeout)
readonly WORKLOAD_PROGRAMS=(ip ping)
readonly JAVA_PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin SWITCH_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

images() {
  local now stamp=$RUN/images/built
  now=$(images_fingerprint)
  mkdir -p "$RUN/images"
  if [[ -e $stamp && $(<"$stamp") == "$now" ]]; then
    return
  fi
  with_progress "making the images" "$RUN/images.log" image_at make_images || {
    tail_of "$RUN/images.log"
    die "$BUILD_FAILED" "the images could not be made; the log is $RUN/images.log"
  }
  echo "$now" >"$stamp"
}

image_names() {
  printf 'vlink/%s\n' "${SERVICES[@]}" operator topics audit kafka switch workload
}

# The inputs of the images: sources of the jars, the files here, the JDK, the version of Open vSwitch.
images_fingerprint() {
  {
    sources_fingerprint
    echo "$IMAGE_VERSION"
    (cd "$ROOT/containers" && find images.sh reproducible.sh rootfs.sh oci.sh ./*/ -type f -exec md5sum {} + | sort)
    cat "$JDK/release"
    open_vswitch_version
  } | md5sum
}

image_at() { # LOG
  sed -n 's/^making //p' "$1" | tail -n 1
}

make_images() {
  set -e
  umask 022
  local service java
  rm -rf "$RUN/images/store"
  making java
  java=$(make_java)
  for service in "${SERVICES[@]}" operator; do
    making "$service"
    make_service "$service" "$java"
  done
  making kafka
  make_kafka "$java"
  making topics
  make_command topics "$(topics_jar)" "$java"
  making audit
  make_command audit "$(audit_jar)" "$java"
  making switch
  prepare switch /usr/local/bin "${SWITCH_PROGRAMS[@]}"
  add_file "$RUN/images/switch" /usr/share/openvswitch/vswitch.ovsschema && rm "$RUN/images/switch.files"
  image "vlink/switch:$IMAGE_VERSION" "$(jq -nc --arg path "PATH=$SWITCH_PATH" '{Env: [$path], Entrypoint: ["switch"], Cmd: ["run"]}')" "$(layer "$RUN/images/switch")"
  making workload
  prepare workload /usr/local/bin "${WORKLOAD_PROGRAMS[@]}"
  image "vlink/workload:$IMAGE_VERSION" '{"User": "1000:1000", "Env": ["PATH=/usr/local/bin:/usr/bin:/bin"], "Cmd": ["sleep", "infinity"]}' "$(layer "$RUN/images/workload")"
  rm -rf "$RUN"/images/{java,kafka,switch,workload}
}

making() { echo "making vlink/$1"; }

# Makes a root file system with programs and the image's own files of containers/.
prepare() { # IMAGE PLACE PROGRAM...
  local root=$RUN/images/$1 file
  make_root "$root" "${@:3}"
  for file in "$ROOT/containers/$1"/*; do
    [[ ! -f $file ]] || install -D --mode=755 "$file" "$root$2/$(basename "$file")"
  done
}

# Makes the base of the services and vlink/kafka: a Java runtime with the suite's modules, and the programs for health checks.
make_java() {
  local root=$RUN/images/java
  prepare java /usr/local/bin >&2
  "$JDK/bin/jlink" --add-modules $JAVA_MODULES --strip-debug --no-header-files --no-man-pages --compress zip-6 --generate-cds-archive --vm server --output "$root/opt/java" >&2
  linked_to "$root/opt/java/bin/java" "$root"/opt/java/lib/*.so "$root"/opt/java/lib/server/libjvm.so | grep -v "^$RUN/" | add_files "$root"
  rm "$root.files"
  layer "$root"
}

# The layers that change least come first. The service's own commands are in a folder of its name.
make_service() { # SERVICE JAVA-LAYER
  local app libraries commands=()
  app=$(dirname "$(service_jar "$1")")
  [[ $1 != operator ]] || with_the_usual_retry "$app"
  libraries=$(layer "$app/lib" app/lib)
  [[ ! -d $ROOT/containers/$1 ]] || commands=("$(commands_of "$1")")
  rm -rf "$RUN/images/app"
  mkdir -p "$RUN/images/app"
  cp -r "$app"/{quarkus,app,quarkus-run.jar} "$RUN/images/app"
  with_keys_in_order "$RUN/images/app/quarkus/generated-bytecode.jar"
  image "vlink/$1:$IMAGE_VERSION" "$(jq -nc --arg path "PATH=$JAVA_PATH" --arg options "JDK_JAVA_OPTIONS=$(java_options)" '{User: "1000:1000",
    Env: [$path, "LANG=C.UTF-8", $options, "QUARKUS_HTTP_HOST=0.0.0.0"], Entrypoint: ["java", "-jar", "/app/quarkus-run.jar"]}')" \
    "$2" "$libraries" "${commands[@]}" "$(layer "$RUN/images/app" app)"
  rm -rf "$RUN/images/app"
}

commands_of() { # SERVICE; prints the digest of the layer
  rm -rf "$RUN/images/commands"
  install -D --mode=755 --target-directory="$RUN/images/commands" "$ROOT/containers/$1"/*
  layer "$RUN/images/commands" usr/local/bin
  rm -rf "$RUN/images/commands"
}

# ./vlink topics and ./vlink audit, for clusters where only pods reach Kafka and the gateways.
make_command() { # NAME JAR JAVA-LAYER
  local libraries
  libraries=$(layer "$(dirname "$2")/lib" app/lib)
  rm -rf "$RUN/images/app"
  install -D --mode=644 "$2" "$RUN/images/app/$1.jar"
  image "vlink/$1:$IMAGE_VERSION" "$(jq -nc --arg path "PATH=$JAVA_PATH" --arg jar "/app/$1.jar" '{User: "1000:1000", Env: [$path, "LANG=C.UTF-8"],
    Entrypoint: ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", $jar]}')" "$3" "$libraries" "$(layer "$RUN/images/app" app)"
  rm -rf "$RUN/images/app"
}

# The classes of Kafka from its Maven artifacts, configured by the same variables as apache/kafka: a substitute where no registry is reachable.
make_kafka() { # JAVA-LAYER
  local root=$RUN/images/kafka program
  rm -rf "$root"
  mkdir -p "$root"/{program/usr/local/bin,own/opt/kafka/config,own/var/lib/kafka/data}
  install --mode=755 "$ROOT/containers/kafka/run" "$root/program/usr/local/bin/run"
  program=$(layer "$root/program")
  image "vlink/kafka:$IMAGE_VERSION" "$(jq -nc --arg path "PATH=$JAVA_PATH" '{User: "1000:1000", Env: [$path, "LANG=C.UTF-8"], Entrypoint: ["run"],
    Volumes: {"/var/lib/kafka/data": {}}, ExposedPorts: {"9092/tcp": {}}}')" \
    "$1" "$(layer "$ROOT/local-broker/target/lib" opt/kafka/libs)" "$program" "$(layer "$root/own/opt/kafka" opt/kafka 1000)" "$(layer "$root/own/var/lib/kafka" var/lib/kafka 1000)"
}

# The options of the processes of ./vlink up.
java_options() {
  printf '%s' "${HEAP_FLAGS[*]} ${INLINE_FLAGS[*]} -Xmx$SERVICE_MEMORY"
  newer_flags | while read -r flag; do printf ' %s' "$flag"; done
}

# Loads the missing images into Docker.
load_images() {
  local image missing=()
  while read -r image; do
    [[ $(docker image inspect --format '{{.Id}}' "$image:$IMAGE_VERSION" 2>/dev/null) == "$(image_id "$image:$IMAGE_VERSION")" ]] || missing+=("$image:$IMAGE_VERSION")
  done < <(image_names)
  ((${#missing[@]} == 0)) || with_progress "loading the images into Docker" "$RUN/load.log" no_detail load_archive "${missing[@]}" || {
    tail_of "$RUN/load.log"
    die "$BUILD_FAILED" "Docker did not load the images; its output is in $RUN/load.log"
  }
}

load_archive() { # NAME:TAG...
  set -o pipefail
  docker_archive "$@" | docker load
}
