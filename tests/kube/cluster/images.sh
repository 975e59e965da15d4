# shellcheck shell=bash
# Makes the other images of a cluster in the same folder: pause, and substitutes for public images, so no registry is contacted.

cluster_images() {
  [[ -z $(missing_cluster_images) ]] || with_progress "making the cluster's own images" "$RUN/cluster-images.log" no_detail make_cluster_images || {
    tail_of "$RUN/cluster-images.log"
    die "$BUILD_FAILED" "the cluster's own images could not be made; the log is $RUN/cluster-images.log"
  }
}

missing_cluster_images() {
  local name
  for name in vlink/pause:1 library/alpine:latest apache/kafka:4.1.2; do
    manifest_of "$name" >/dev/null || echo "$name"
  done
}

# busybox under each of its command names. As the process of a sandbox it waits until it is stopped.
make_cluster_images() {
  set -e
  local root=$RUN/images/busybox program layer
  rm -rf "$root"
  skeleton "$root"
  program=$(type -P busybox)
  install -D --mode=755 "$program" "$root/usr/bin/busybox"
  linked_to "$program" | add_files "$root"
  rm -f "$root.files" "$root/usr/bin/sh"
  for program in $(busybox --list); do
    [[ -e $root/usr/bin/$program ]] || ln -s busybox "$root/usr/bin/$program"
  done
  layer=$(layer "$root")
  rm -rf "$root"
  image library/alpine:latest '{"Env": ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"], "Cmd": ["/bin/sh"]}' "$layer"
  image vlink/pause:1 '{"Env": ["PATH=/bin"], "Cmd": ["/bin/sh", "-c", "trap exit TERM INT; sleep 2147483647 & wait"]}' "$layer"
  also_named "vlink/kafka:$IMAGE_VERSION" apache/kafka:4.1.2
}
