# shellcheck shell=bash
# The required tools: installed if possible (Debian, Ubuntu), else named exactly.

readonly OLDEST_JDK=21 OLDEST_MAVEN=3.8.7

# COMMAND=PACKAGE
readonly DEMO_TOOLS=(ip=iproute2 ss=iproute2 ethtool=ethtool ping=iputils-ping jq=jq curl=curl sysctl=procps)
readonly CONTAINER_TOOLS=(nsenter=util-linux docker=docker.io dockerd=docker.io docker-compose=docker-compose)
readonly CLUSTER_TOOLS=(containerd=containerd runc=runc busybox=busybox-static docker-registry=docker-registry iptables=iptables openssl=openssl nsenter=util-linux ps=procps)
readonly CLUSTER_PLUGIN=/usr/lib/cni/bridge=containernetworking-plugins
readonly TEST_TOOLS=(iperf3=iperf3 tcpdump=tcpdump kcat=kcat python3=python3 "${CONTAINER_TOOLS[@]}" "${CLUSTER_TOOLS[@]}" "$CLUSTER_PLUGIN")

need_root() {
  [[ $(id -u) == 0 ]] ||
    die "$NO_ROOT" "needs root for network namespaces and userspace Open vSwitch (/dev/net/tun)" "try: sudo $0 ${command:-}"
}

set_up() { # [test | containers | kubernetes]
  local start tools=("${DEMO_TOOLS[@]}")
  start=$(milliseconds)
  case ${1:-} in
    test) tools+=("${TEST_TOOLS[@]}") ;;
    kubernetes) tools+=("${CLUSTER_TOOLS[@]}" "$CLUSTER_PLUGIN") ;;
    containers) mapfile -t -O ${#tools[@]} tools < <(lacking_container_tools) ;;
  esac
  need_tools "${tools[@]}"
  need_open_vswitch
  need_jdk
  need_maven
  need_namespaces
  done_line "all required tools are installed" "$start" "${DIM}JDK $(jdk_version "$JDK"), Open vSwitch $(open_vswitch_version), $JDK$PLAIN"
}

# The tests require all of them; a user may have another Docker, and compose as its plugin.
lacking_container_tools() {
  printf '%s\n' "${CONTAINER_TOOLS[@]:0:2}"
  docker info >/dev/null 2>&1 || echo "${CONTAINER_TOOLS[2]}"
  docker compose version >/dev/null 2>&1 || echo "${CONTAINER_TOOLS[3]}"
}

need_tools() { # COMMAND=PACKAGE...
  local tool packages=()
  for tool in "$@"; do
    command -v "${tool%=*}" >/dev/null || packages+=("${tool#*=}")
  done
  ((${#packages[@]} == 0)) || install_packages "${packages[@]}" || die "$NO_TOOLS" "these packages are missing: ${packages[*]}" "$(how_to_install "${packages[@]}")"
}

need_open_vswitch() {
  has_open_vswitch || install_packages openvswitch-switch || true
  has_open_vswitch || die "$NO_OPEN_VSWITCH" "Open vSwitch is missing (ovs-vswitchd, ovsdb-server, ovs-vsctl)" "$(how_to_install openvswitch-switch)" \
    "its system service does not have to run"
}

has_open_vswitch() {
  command -v ovs-vswitchd >/dev/null && command -v ovsdb-server >/dev/null && command -v ovsdb-tool >/dev/null && command -v ovs-vsctl >/dev/null
}

open_vswitch_version() { ovs-vswitchd --version | awk 'NR == 1 { print $NF }'; }

need_jdk() {
  JDK=$(newest_jdk)
  if [[ -z $JDK ]]; then
    install_jdk
    JDK=$(newest_jdk)
  fi
  [[ -n $JDK ]] || die "$NO_JDK" "no JDK of version $OLDEST_JDK or newer; found: $(found_jdks)" \
    "on Debian 13, Ubuntu 22.04 and later: apt-get install openjdk-21-jdk-headless" \
    "on Debian 12: the package temurin-25-jdk, see https://adoptium.net/installation/linux" \
    "or unpack any JDK below /usr/lib/jvm, or set JAVA_HOME to it"
}

install_jdk() {
  local version
  command -v apt-get >/dev/null || return 0
  update_packages
  for version in 25 21; do
    if apt-cache show "openjdk-$version-jdk-headless" >/dev/null 2>&1; then
      install_packages "openjdk-$version-jdk-headless" || true
      return 0
    fi
  done
}

# Prints JAVA_HOME if it is new enough, else the newest JDK below /usr/lib/jvm, else the JDK of javac on the path.
newest_jdk() {
  local home best='' best_version=0 version
  for home in $(jdk_homes); do
    version=$(jdk_version "$home")
    ((version >= OLDEST_JDK)) || continue
    if [[ $home == "${JAVA_HOME:-}" ]]; then
      echo "$home"
      return
    fi
    if ((version > best_version)); then
      best=$home best_version=$version
    fi
  done
  echo "$best"
}

jdk_homes() {
  local javac
  {
    [[ -z ${JAVA_HOME:-} || ! -x $JAVA_HOME/bin/javac ]] || echo "$JAVA_HOME"
    for javac in /usr/lib/jvm/*/bin/javac /usr/java/*/bin/javac /opt/*jdk*/bin/javac; do
      [[ ! -x $javac ]] || echo "${javac%/bin/javac}"
    done
    javac=$(readlink -f "$(command -v javac)" 2>/dev/null) && echo "${javac%/bin/javac}"
  } | awk '!seen[$0]++'
}

jdk_version() { # HOME: the first number of its version, 0 if unknown
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)
  echo "${version:-0}"
}

found_jdks() {
  local home list=''
  for home in $(jdk_homes); do
    list+="${list:+, }$(jdk_version "$home") in $home"
  done
  echo "${list:-none}"
}

need_maven() {
  local version
  command -v mvn >/dev/null || install_packages maven || true
  command -v mvn >/dev/null || die "$NO_MAVEN" "Maven is missing" "$(how_to_install maven)"
  version=$(maven_version)
  at_least_version "$version" "$OLDEST_MAVEN" ||
    die "$NO_MAVEN" "Maven is $version, but $OLDEST_MAVEN or newer is required" "install a newer one from the Maven project and put its bin directory first in PATH"
}

maven_version() {
  JAVA_HOME=$JDK mvn -B --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p'
}

at_least_version() { # VERSION OLDEST
  [[ $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$2" ]]
}

need_namespaces() {
  local probe=vlink-probe-$$
  ip netns add "$probe" 2>/dev/null ||
    die "$NO_NAMESPACES" "cannot create network namespaces: $(ip netns add "$probe" 2>&1)" "a container needs --privileged"
  ip netns del "$probe"
  [[ -c /dev/net/tun ]] || { mkdir -p /dev/net && mknod /dev/net/tun c 10 200 2>/dev/null; } || true
  # shellcheck disable=SC2188 # opening it is the test
  { <>/dev/net/tun; } 2>/dev/null || die "$NO_NAMESPACES" "cannot open /dev/net/tun, which userspace Open vSwitch needs" "try: modprobe tun; in a container: --device /dev/net/tun"
}

how_to_install() { # PACKAGE...
  if command -v apt-get >/dev/null; then
    echo "apt-get failed, see $RUN/install.log; then: apt-get install $*"
  else
    echo "install them with this system's package manager (on Debian and Ubuntu: apt-get install $*)"
  fi
}

install_packages() { # PACKAGE...
  command -v apt-get >/dev/null || return 1
  apt_install "$@" && return
  update_packages
  apt_install "$@"
}

apt_install() { # PACKAGE...
  without_starting_services with_progress "installing $*" "$RUN/install.log" no_detail \
    env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

update_packages() {
  with_progress "reading the package lists" "$RUN/install.log" no_detail apt-get update || true
}

# The system's own Open vSwitch is not used, so its installation must not start it (nor fail because it cannot).
without_starting_services() { # COMMAND...
  local policy=/usr/sbin/policy-rc.d result=0
  if [[ -e $policy ]]; then
    "$@"
    return
  fi
  printf '#!/bin/sh\nexit 101\n' >$policy
  chmod +x $policy
  "$@" || result=$?
  rm -f $policy
  return $result
}
