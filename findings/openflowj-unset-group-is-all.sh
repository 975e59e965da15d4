#!/usr/bin/env bash
# A field that a request leaves unset should restrict nothing. OpenFlowJ-Loxi sets an unset out_port to ANY, but an unset
# out_group and the watch_group of a bucket to ALL, and Open vSwitch takes that at its word: a request for the flows of all
# tables gets none of them and no error, and a group of type all or indirect, which watches nothing, is refused. Vlink sets
# these fields to ANY each time: RuleMapperTest checks it for groups, and RuleReader does it for its requests.
set -euo pipefail
# shellcheck source=ovs.sh
. "$(dirname "${BASH_SOURCE[0]}")/ovs.sh"

readonly LIBRARY=3.6.605

open_vswitch dummy
cat >"$TEMP/pom.xml" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.projectfloodlight</groupId>
      <artifactId>openflowj</artifactId>
      <version>$LIBRARY</version>
      <exclusions><exclusion><groupId>ch.qos.logback</groupId><artifactId>*</artifactId></exclusion></exclusions>
    </dependency>
  </dependencies>
</project>
END
mvn --batch-mode --quiet -Dstyle.color=never --file "$TEMP/pom.xml" -Dmaven.repo.local="$TEMP/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$TEMP/lib"
ofctl add-flow 'in_port=1,actions=output:2'
ofctl add-flow 'in_port=2,actions=output:1'

cat >"$TEMP/Finding.java" <<'END'
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.*;
import org.projectfloodlight.openflow.protocol.errormsg.OFGroupModFailedErrorMsg;
import org.projectfloodlight.openflow.types.*;

/** Prints a switch's answers to requests with and without the group set. */
public class Finding {

    static final OFFactory OPENFLOW = OFFactories.getFactory(OFVersion.OF_13);
    static final ByteBuf received = Unpooled.buffer();
    static SocketChannel channel;

    public static void main(String... socket) throws Exception {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket[0]));
        send(OPENFLOW.hello(List.of()));
        while (next().getType() != OFType.HELLO) {}

        var flows = OPENFLOW.buildFlowStatsRequest().setTableId(TableId.ALL);
        System.out.println("flows, out_group unset: " + flows(flows.build()));
        System.out.println("flows, out_group ANY: " + flows(flows.setOutGroup(OFGroup.ANY).build()));
        for (OFGroupType type : List.of(OFGroupType.ALL, OFGroupType.INDIRECT)) {
            var bucket = OPENFLOW.buildBucket().setActions(List.of(OPENFLOW.actions().output(OFPort.of(2), 0)));
            System.out.println(type + ", watch_group unset: " + group(type, bucket.build()));
            System.out.println(type + ", watch_group ANY: " + group(type, bucket.setWatchGroup(OFGroup.ANY).build()));
        }
    }

    static int flows(OFFlowStatsRequest request) throws Exception {
        return ((OFFlowStatsReply) answer(request)).getEntries().size();
    }

    static String group(OFGroupType type, OFBucket bucket) throws Exception {
        OFMessage error = answer(OPENFLOW.buildGroupAdd()
                .setGroup(OFGroup.of(1 + type.ordinal()))
                .setGroupType(type)
                .setBuckets(List.of(bucket))
                .build());
        return error == null ? "made" : "" + ((OFGroupModFailedErrorMsg) error).getCode();
    }

    /** The message with the request's number, or null if the switch has nothing to say to it. */
    static OFMessage answer(OFMessage request) throws Exception {
        send(request);
        send(OPENFLOW.barrierRequest());
        OFMessage answer = null;
        for (OFMessage message = next(); message.getType() != OFType.BARRIER_REPLY; message = next()) {
            if (message.getXid() == request.getXid()) {
                answer = message;
            }
        }
        return answer;
    }

    static void send(OFMessage message) throws IOException {
        ByteBuf bytes = Unpooled.buffer();
        message.writeTo(bytes);
        ByteBuffer rest = bytes.nioBuffer();
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    static OFMessage next() throws IOException, OFParseError {
        while (received.readableBytes() < 8 || received.readableBytes() < received.getUnsignedShort(received.readerIndex() + 2)) {
            ByteBuffer part = ByteBuffer.allocate(65_536);
            if (channel.read(part) < 0) {
                throw new IOException("the switch has closed the connection");
            }
            received.writeBytes(part.flip());
        }
        return OFFactories.getGenericReader().readFrom(received);
    }
}
END
echo "OpenFlowJ-Loxi, org.projectfloodlight:openflowj:$LIBRARY"
timeout 120 java -cp "$TEMP/lib/*" "$TEMP/Finding.java" "$TEMP/$BRIDGE.mgmt" >"$TEMP/seen" 2>"$TEMP/log" || {
  tail -n 30 "$TEMP/log" >&2
  fail 'no answers'
}
cat "$TEMP/seen"
seen() {
  grep -qxF "$1" "$TEMP/seen" || fail "expected '$1'"
}
seen 'flows, out_group unset: 0'
seen 'flows, out_group ANY: 2'
for type in ALL INDIRECT; do
  seen "$type, watch_group unset: WATCH_UNSUPPORTED"
  seen "$type, watch_group ANY: made"
done
echo 'As found: a group that is not set is ALL: the switch reports no flow, and refuses the groups.'
