# shellcheck shell=bash
# Makes the root file systems of the images: programs of this machine with their linked libraries, and nothing else. No registry is needed.

readonly SHELL_TOOLS=(bash cat cp env id ls mkdir mktemp rm sed sleep tr)

make_root() { # DIRECTORY PROGRAM...
  local directory=$1 program path
  shift
  rm -rf "$directory"
  skeleton "$directory"
  for program in "${SHELL_TOOLS[@]}" "$@"; do
    path=$(type -P "$program") || die "$NO_TOOLS" "the program '$program' for an image is missing" "$(how_to_install "the package that contains it")"
    add_file "$directory" "$path"
    linked_to "$path" | add_files "$directory"
  done
  record_packages "$directory"
}

skeleton() { # DIRECTORY
  local link
  mkdir -p "$1"/{etc,proc,sys,dev,run,usr/bin,var}
  mkdir -m 1777 "$1/tmp"
  for link in bin sbin lib lib32 lib64 libx32; do # as on this machine: libraries are loaded from where they were linked
    [[ ! -L /$link ]] || ln -s "$(readlink "/$link")" "$1/$link"
  done
  ln -s /run "$1/var/run"
  ln -s bash "$1/usr/bin/sh"
  printf '%s\n' root:x:0:0::/:/bin/bash vlink:x:1000:1000::/tmp:/bin/bash >"$1/etc/passwd"
  printf '%s\n' root:x:0: vlink:x:1000: >"$1/etc/group"
  echo "hosts: files dns" >"$1/etc/nsswitch.conf"
}

# Copies a file, following a link, under the name of the link.
add_file() { # DIRECTORY PATH
  local place
  place=$(realpath "$(dirname "$2")")/$(basename "$2")
  [[ -e $1$place ]] || install -D --mode="$(stat --dereference --format=%a "$2")" "$2" "$1$place"
  echo "$2" >>"$1.files"
  echo "$place" >>"$1.files"
}

add_files() { # DIRECTORY; reads paths
  local path
  while read -r path; do
    add_file "$1" "$path"
  done
}

linked_to() { # FILE...
  { ldd "$@" 2>/dev/null || true; } | awk '$2 == "=>" && $3 ~ "^/" { print $3 } $1 ~ "^/" && $2 ~ "^\\(" { print $1 }' | sort -u
}

# Records the packages and versions of the files, for image scanners.
record_packages() { # DIRECTORY
  local package
  if command -v dpkg-query >/dev/null; then
    mkdir -p "$1/var/lib/dpkg/status.d"
    while read -r package; do
      dpkg-query --status "$package" >"$1/var/lib/dpkg/status.d/${package%:*}"
    done < <(sort -u "$1.files" | xargs dpkg-query --search 2>/dev/null | sed 's/: .*//; s/, /\n/g' | sort -u)
  fi
  rm "$1.files"
}
