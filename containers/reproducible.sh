# shellcheck shell=bash
# Makes builds reproducible where Quarkus' build is not.

# Build steps pass values to each other under the keys proxykey1, proxykey2 and so on. All steps share one counter and run in parallel, so
# the keys differ from build to build. This renumbers the keys in the order of class names. Quarkus 3.35 has a counter per step.
with_keys_in_order() { # JAR
  local folder
  folder=$(mktemp --directory "$RUN/images/recorded.XXXX")
  (
    cd "$folder" && "$JDK/bin/jar" --extract --file "$1" || exit
    find . -type f -printf '%P\n' | LC_ALL=C sort >"$folder.files"
    # A string in a class file: the tag 1, its length in two bytes, its bytes (Java Virtual Machine Specification, 4.4.7).
    grep '\.class$' "$folder.files" | perl -ne 'chomp;
      open my $in, "<:raw", $_ or die "$_: $!"; my $class = do { local $/; <$in> };
      $class =~ s{\x01\x00(.)(proxykey[0-9]+)}{length $2 == ord $1 ? "\x01" . pack("n/a*", $new{$2} //= "proxykey" . ++$count) : $&}sge or next;
      open my $out, ">:raw", $_ or die "$_: $!"; print $out $class or die "$_: $!"; close $out or die "$_: $!"' || exit
    "$JDK/bin/jar" --create --file "$1" --no-manifest --date 2000-01-01T00:00:00Z "@$folder.files"
  ) || return
  rm -r "$folder" "$folder.files"
}

# The SDK's GenericRetry has two setters named setInitialInterval. The build records the property only if Class.getMethods, which has no
# order, returns the setter that fits the getter last. The value does not matter: it is the default, and reconcilers set their own retry. To
# get equal images, the operator is built again until the property is recorded; about one build in six lacks it.
with_the_usual_retry() { # OPERATOR-FOLDER
  local again
  for ((again = 0; again < 10; again++)); do
    ! records_initial_interval "$1" || return 0
    maven --threads 1C package -Dmaven.test.skip=true -Dspotless.check.skip=true --projects k8s/operator --also-make || return
  done
  echo "the image of the operator will differ from that of another build"
}

records_initial_interval() { # OPERATOR-FOLDER
  local folder found
  folder=$(mktemp --directory "$RUN/images/recorded.XXXX")
  (cd "$folder" && "$JDK/bin/jar" --extract --file "$1/quarkus/generated-bytecode.jar")
  grep --recursive --quiet setInitialInterval "$folder/io/quarkus/runner/recorded" && found=0 || found=1
  rm -r "$folder"
  return $found
}
