# shellcheck shell=bash
# Makes the images of the suite out of what ./vlink has built and what this machine has.

readonly IMAGE_VERSION=${VLINK_VERSION:-latest}

# jlink takes what is named here and what that needs.
readonly JAVA_MODULES=java.se,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs

readonly SWITCH_PROGRAMS=(ip ethtool nsenter ovsdb-tool ovsdb-server ovs-vswitchd ovs-vsctl ovs-ofctl ovs-appctl)
readonly WORKLOAD_PROGRAMS=(ip ping)

images() {
  local now stamp=$RUN/images/built
  now=$(images_fingerprint)
  mkdir -p "$RUN/images"
  if [[ -e $stamp && $(<"$stamp") == "$now" ]] && images_exist; then
    return
  fi
  with_progress "making the images" "$RUN/images.log" image_at make_images || {
    tail_of "$RUN/images.log"
    die "$BUILD_FAILED" "the images could not be made; all of it is in $RUN/images.log"
  }
  echo "$now" >"$stamp"
}

image_names() {
  printf 'vlink/%s\n' "${SERVICES[@]}" kafka switch workload
}

images_exist() {
  local image
  while read -r image; do
    docker image inspect "$image:$IMAGE_VERSION" >/dev/null 2>&1 || return 1
  done < <(image_names)
}

# All that goes into the images: sources of the jars, what is here of them, the JDK, the version of Open vSwitch.
images_fingerprint() {
  {
    sources_fingerprint
    (cd "$ROOT/containers" && find images.sh rootfs.sh ./*/ -type f -exec md5sum {} + | sort)
    cat "$JDK/release"
    open_vswitch_version
  } | md5sum
}

image_at() { # LOG
  sed -n 's/^making vlink\///p' "$1" | tail -n 1
}

make_images() {
  set -e
  local service
  make_java_root "$RUN/images/java"
  make_image java "$RUN/images/java"
  for service in "${SERVICES[@]}"; do
    make_image "$service" "$ROOT/$service/target/quarkus-app" service --build-arg "JAVA_OPTIONS=$(java_options)"
  done
  prepare kafka
  cp -r "$ROOT/local-broker/target/lib" "$RUN/images/kafka/libs"
  make_image kafka "$RUN/images/kafka"
  prepare switch
  make_root "$RUN/images/switch/root" "${SWITCH_PROGRAMS[@]}"
  add_file "$RUN/images/switch/root" /usr/share/openvswitch/vswitch.ovsschema && rm "$RUN/images/switch/root.files"
  make_image switch "$RUN/images/switch"
  prepare workload
  make_root "$RUN/images/workload/root" "${WORKLOAD_PROGRAMS[@]}"
  make_image workload "$RUN/images/workload"
  docker image prune --force --filter label=vlink.image # what these replace
}

# As the processes of ./vlink up have them.
java_options() {
  printf '%s' "-XX:+UseSerialGC -Xmx192m"
  (($(jdk_version "$JDK") < 24)) || printf ' %s' --sun-misc-unsafe-memory-access=allow
}

prepare() { # IMAGE: its folder of containers/, to which more will come
  rm -rf "$RUN/images/$1"
  cp -r "$ROOT/containers/$1" "$RUN/images/$1"
}

make_image() { # IMAGE CONTEXT [DOCKERFILE-FOLDER DOCKER-ARGUMENT...]
  echo "making vlink/$1"
  docker build --quiet --tag "vlink/$1:$IMAGE_VERSION" --label "vlink.image=$1" --build-arg "VERSION=$IMAGE_VERSION" --file "$ROOT/containers/${3:-$1}/Dockerfile" "${@:4}" "$2"
}

make_java_root() { # CONTEXT
  prepare java
  make_root "$1/root"
  "$JDK/bin/jlink" --add-modules $JAVA_MODULES --strip-debug --no-header-files --no-man-pages --compress zip-6 --generate-cds-archive --vm server --output "$1/root/opt/java"
  linked_to "$1/root/opt/java/bin/java" "$1"/root/opt/java/lib/*.so "$1"/root/opt/java/lib/server/libjvm.so | grep -v "^$1/" | add_files "$1/root"
  rm "$1/root.files"
}
