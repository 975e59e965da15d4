# shellcheck shell=bash
# The management network: a bridge in the root namespace. The OpenFlow controller listens on .1 of its subnet.

# 198.18.0.0/15 is reserved for benchmarks of network devices (RFC 2544), so it is unlikely to be in use: 128 labs of 1021 switches.
readonly SLOTS=128 SLOT_SIZE=1024 SLOT_PREFIX=22 FIRST_SLOT=198.18.0.0

to_number() { # DOTTED
  local a b c d
  IFS=. read -r a b c d <<<"$1"
  echo $(((a << 24) + (b << 16) + (c << 8) + d))
}

to_dotted() { # NUMBER
  echo "$(($1 >> 24 & 255)).$(($1 >> 16 & 255)).$(($1 >> 8 & 255)).$(($1 & 255))"
}

address_in_use() { # DOTTED
  ip -4 -o address show | grep -qF " $1/"
}

# Prints NETWORK/PREFIX: VLINK_LAB_SUBNET, else the first free subnet, starting at one derived from the lab's name.
choose_subnet() {
  if [[ -n ${VLINK_LAB_SUBNET:-} ]]; then
    echo "$VLINK_LAB_SUBNET"
    return
  fi
  local start try network
  start=$(cksum <<<"$LAB" | cut -d' ' -f1)
  for ((try = 0; try < SLOTS; try++)); do
    network=$(to_dotted $(($(to_number $FIRST_SLOT) + (start + try) % SLOTS * SLOT_SIZE)))
    if ! address_in_use "$(to_dotted $(($(to_number "$network") + 1)))"; then
      echo "$network/$SLOT_PREFIX"
      return
    fi
  done
  fail "there is no free subnet in $FIRST_SLOT/15; set VLINK_LAB_SUBNET"
}

# Number 1 is the controller; the switches start at 2.
management_address() { # NUMBER
  local subnet
  subnet=$(<"$LAB_RUN/subnet")
  to_dotted $(($(to_number "${subnet%/*}") + $1))
}

management_prefix() {
  local subnet
  subnet=$(<"$LAB_RUN/subnet")
  echo "${subnet#*/}"
}

# One lab at a time: two must not choose the same subnet.
make_management_network() {
  exec 9>"${LAB_RUN%/*}/.lock"
  flock 9
  choose_subnet >"$LAB_RUN/subnet"
  ip link add "$MGMT_BRIDGE" type bridge stp_state 0 forward_delay 0
  ip address add "$(management_address 1)/$(management_prefix)" dev "$MGMT_BRIDGE"
  ip link set "$MGMT_BRIDGE" up
  exec 9>&-
}

# A bare port number means that port at the lab's own .1.
controller_targets() { # WORD...
  local word
  for word in "$@"; do
    if [[ $word =~ ^[0-9]+$ ]]; then
      echo "tcp:$(management_address 1):$word"
    else
      echo "$word"
    fi
  done
}
