# shellcheck shell=bash
# Makes the same of the same source where Quarkus' build does not.

# Build steps hand each other values under the keys proxykey1, proxykey2 and so on. All steps count with one counter, and they run at once; so which step has which key
# differs from build to build. Here the keys are given anew, in the order of the classes' names. Quarkus 3.35 counts for each step by itself.
with_keys_in_order() { # JAR
  local folder
  folder=$(mktemp --directory "$RUN/images/recorded.XXXX")
  (
    cd "$folder" && "$JDK/bin/jar" --extract --file "$1" || exit
    find . -type f -printf '%P\n' | LC_ALL=C sort >"$folder.files"
    # A text in a class file: the tag 1, its length in two bytes, its bytes (Java Virtual Machine Specification, 4.4.7).
    grep '\.class$' "$folder.files" | perl -ne 'chomp;
      open my $in, "<:raw", $_ or die "$_: $!"; my $class = do { local $/; <$in> };
      $class =~ s{\x01\x00(.)(proxykey[0-9]+)}{length $2 == ord $1 ? "\x01" . pack("n/a*", $new{$2} //= "proxykey" . ++$count) : $&}sge or next;
      open my $out, ">:raw", $_ or die "$_: $!"; print $out $class or die "$_: $!"; close $out or die "$_: $!"' || exit
    "$JDK/bin/jar" --create --file "$1" --no-manifest --date 2000-01-01T00:00:00Z "@$folder.files"
  ) || return
  rm -r "$folder" "$folder.files"
}
