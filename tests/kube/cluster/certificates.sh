# shellcheck shell=bash
# Creates one authority, certificates for the API server, an administrator and each node, and the signing key of service account tokens.

make_certificates() { # NODE...
  local node
  mkdir -p "$PKI"
  chmod 700 "$PKI"
  cd "$PKI" || return
  key authority
  openssl req -x509 -new -key authority.key -days 30 -subj "/CN=$CLUSTER" -out authority.crt \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
  certificate apiserver /CN=kube-apiserver "subjectAltName=IP:127.0.0.1,IP:$UNDERLAY.1,IP:$SERVICE_RANGE.1,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc
extendedKeyUsage=serverAuth"
  certificate admin /O=system:masters/CN=admin extendedKeyUsage=clientAuth
  kubeconfig admin
  for node in "$@"; do
    certificate "node-$node" "/O=system:nodes/CN=system:node:$node" extendedKeyUsage=clientAuth
    kubeconfig "node-$node"
  done
  openssl genrsa -out accounts.key 2048 2>/dev/null
  openssl rsa -in accounts.key -pubout -out accounts.pub 2>/dev/null
}

key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" 2>/dev/null; } # NAME

certificate() { # NAME SUBJECT EXTENSIONS
  key "$1"
  openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA authority.crt -CAkey authority.key -CAcreateserial -days 30 -out "$1.crt" -extfile <(printf '%s\n' "$3") 2>/dev/null
  rm "$1.csr"
}

kubeconfig() { # NAME
  cat >"$1.kubeconfig" <<END
apiVersion: v1
kind: Config
clusters: [{name: $CLUSTER, cluster: {server: $API, certificate-authority-data: $(base64 -w0 authority.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$1.crt"), client-key-data: $(base64 -w0 "$1.key")}}]
contexts: [{name: $CLUSTER, context: {cluster: $CLUSTER, user: $1}}]
current-context: $CLUSTER
END
}
