# shellcheck shell=bash
# Writes images: layers, configuration, and the links for a registry. Needs no Docker; the same files give the same image. $STORE has the
# layout of docker-registry, which can serve the folder unchanged; Docker loads images from an archive.

STORE=$RUN/images/store/docker/registry/v2
readonly STORE

# Writes the layer of a folder; prints its digest.
layer() { # FOLDER [PREFIX [OWNER]]: its content, below that path, with that user and group number
  local file=$STORE/new.$BASHPID
  mkdir -p "$STORE"
  tar --create --file "$file" --format=gnu --sort=name --mtime=@0 --owner="${3:-0}" --group="${3:-0}" --numeric-owner \
    --directory "$1" --transform "s,^\./,${2:+$2/},S;s,^\.\$,${2:-.},S" --show-transformed-names . || return
  keep_blob "$file"
}

keep_blob() { # FILE; prints the digest
  local digest place
  digest=$(sha256sum "$1" | cut -d' ' -f1)
  place=$STORE/blobs/sha256/${digest:0:2}/$digest
  mkdir -p "$place"
  mv "$1" "$place/data"
  echo "$digest"
}

blob() { echo "$STORE/blobs/sha256/${1:0:2}/$1/data"; } # DIGEST

# Writes an image with its configuration and layers.
image() { # NAME:TAG CONFIGURATION-AS-JSON LAYER...
  local name=${1%:*} tag=${1##*:} settings=$2 config manifest digest size
  shift 2
  config=$STORE/new.config manifest=$STORE/new.manifest
  jq --null-input --compact-output --argjson settings "$settings" --arg architecture "$(architecture)" '{architecture: $architecture, os: "linux",
    created: "1970-01-01T00:00:00Z", config: $settings, rootfs: {type: "layers", diff_ids: [$ARGS.positional[] | "sha256:" + .]},
    history: [$ARGS.positional[] | {created: "1970-01-01T00:00:00Z"}]}' --args "$@" | tr -d '\n' >"$config"
  size=$(stat --format=%s "$config")
  config=$(keep_blob "$config")
  for digest in "$@"; do
    stat --format="$digest %s" "$(blob "$digest")"
  done | jq --raw-input --slurp --compact-output --arg config "$config" --argjson size "$size" '{schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: {mediaType: "application/vnd.oci.image.config.v1+json", digest: ("sha256:" + $config), size: $size},
    layers: [split("\n")[] | select(. != "") | split(" ") | {mediaType: "application/vnd.oci.image.layer.v1.tar", digest: ("sha256:" + .[0]), size: (.[1] | tonumber)}]}' |
    tr -d '\n' >"$manifest"
  manifest=$(keep_blob "$manifest")
  for digest in "$config" "$@"; do
    link "$name/_layers/sha256/$digest" "$digest"
  done
  link "$name/_manifests/revisions/sha256/$manifest" "$manifest"
  link "$name/_manifests/tags/$tag/index/sha256/$manifest" "$manifest"
  link "$name/_manifests/tags/$tag/current" "$manifest"
  echo "$name:$tag is sha256:$manifest"
}

link() { # PLACE DIGEST
  mkdir -p "$STORE/repositories/$1"
  printf 'sha256:%s' "$2" >"$STORE/repositories/$1/link"
}

# Adds another name for an image.
also_named() { # NAME:TAG OTHER:TAG
  local from=${1%:*} to=${2%:*}
  mkdir -p "$STORE/repositories/$to/_manifests/tags"
  cp -r "$STORE/repositories/$from/_layers" "$STORE/repositories/$to/"
  cp -r "$STORE/repositories/$from/_manifests/revisions" "$STORE/repositories/$to/_manifests/"
  cp -r "$STORE/repositories/$from/_manifests/tags/${1##*:}" "$STORE/repositories/$to/_manifests/tags/${2##*:}"
}

manifest_of() { # NAME:TAG
  local digest
  digest=$(cat "$STORE/repositories/${1%:*}/_manifests/tags/${1##*:}/current/link" 2>/dev/null) || return 1
  blob "${digest#sha256:}"
}

# Docker's id of an image.
image_id() { # NAME:TAG
  local manifest
  manifest=$(manifest_of "$1") && jq --raw-output .config.digest "$manifest"
}

# Writes an archive for docker load, with each layer once.
docker_archive() { # NAME:TAG...; writes a tar
  local folder name manifest digest
  folder=$(mktemp -d)
  for name in "$@"; do
    manifest=$(manifest_of "$name")
    while read -r digest; do
      ln -sf "$(blob "${digest#sha256:}")" "$folder/${digest#sha256:}"
    done < <(jq --raw-output '.config.digest, .layers[].digest' "$manifest")
    jq --arg name "$name" '{Config: .config.digest[7:], RepoTags: [$name], Layers: [.layers[].digest[7:]]}' "$manifest"
  done | jq --slurp --compact-output . >"$folder/manifest.json"
  tar --create --dereference --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --directory "$folder" .
  rm -rf "$folder"
}

architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}
