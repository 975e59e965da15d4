#!/usr/bin/env bash
# Open vSwitch reads its private key and certificate again when their files change. A certificate that is renewed for the same
# key, as many tools do, is therefore expected to be shown from the next connection on. Open vSwitch looks at the certificate's
# file only when the key's file has changed: it goes on with the old certificate, past its end if need be, while its OVSDB
# names the file of the new one. Writing the same key once more is enough. Vlink does not rely on it; it concerns everybody who
# renews the certificates of switches.
set -euo pipefail
# shellcheck source=ovs.sh
. "$(dirname "${BASH_SOURCE[0]}")/ovs.sh"

issue() { # NAME: a certificate for the one key, in the place of the last
  openssl req -x509 -new -key "$TEMP/key.pem" -subj "/CN=$1" -days 30 -out "$TEMP/next.pem"
  mv "$TEMP/next.pem" "$TEMP/certificate.pem"
}

shown() { # prints the name in the certificate that the switch shows a new connection
  timeout 10 openssl s_client -connect "127.0.0.1:$port" -cert "$TEMP/certificate.pem" -key "$TEMP/key.pem" </dev/null 2>/dev/null |
    openssl x509 -noout -subject | grep -oP 'CN ?= ?\K\w+'
}

open_vswitch dummy
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$TEMP/key.pem" 2>/dev/null
issue first
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
ovs-vsctl --db="unix:$TEMP/db.sock" --timeout=20 \
  -- set-ssl "$TEMP/key.pem" "$TEMP/certificate.pem" "$TEMP/certificate.pem" \
  -- set-controller "$BRIDGE" "pssl:$port:127.0.0.1"
deadline=$((SECONDS + 20))
until [[ $(shown) == first ]] || ((SECONDS > deadline)); do :; done

expect() { # WHEN NAME: waits a while before it takes another certificate for the last word
  local deadline=$((SECONDS + 5)) seen
  seen=$(shown)
  until [[ $seen == "$2" && $2 != first ]] || ((SECONDS > deadline)); do seen=$(shown); done
  echo "$1: the switch shows the certificate of '$seen'"
  [[ $seen == "$2" ]] || fail "expected that of '$2'"
}

expect 'at first' first
issue second
expect 'renewed for the same key' first
ovs-vsctl --db="unix:$TEMP/db.sock" --timeout=20 set bridge "$BRIDGE" external_ids:changed=yes
expect 'its database changed' first
cp "$TEMP/key.pem" "$TEMP/next.pem"
mv "$TEMP/next.pem" "$TEMP/key.pem"
expect 'the same key written again' second
echo 'As found: a new certificate counts only once the file of the key has been written again, too.'
