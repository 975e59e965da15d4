#!/usr/bin/env bash
# A consumer with a group.instance.id that joins before its predecessor's session ends takes over its place in the group
# without a rebalance (KIP-345). One would expect Kafka to describe the new consumer then. With the classic protocol it keeps
# showing the client id of the first consumer in that place; only the member id is the new one's (KAFKA-15704 describes it for
# 3.x). With the protocol of KIP-848 both are the new one's.
set -euo pipefail

readonly VERSION=4.1.2

fail() {
  echo "CHANGED: $*" >&2
  exit 1
}

TEMP=$(mktemp -d)
trap 'rm -rf "$TEMP"' EXIT

cat >"$TEMP/pom.xml" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$VERSION</version></dependency>
  </dependencies>
</project>
END
mvn --batch-mode --quiet -Dstyle.color=never --file "$TEMP/pom.xml" -Dmaven.repo.local="$TEMP/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$TEMP/lib"

cat >"$TEMP/Finding.java" <<'END'
import java.net.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.TimeUnit;
import kafka.server.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.*;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Prints the description of a member's place before and after each kind of replacement. */
public class Finding {

    static String kafka;

    public static void main(String... data) throws Exception {
        KafkaRaftServer server = start(data[0]);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            admin.createTopics(List.of(new NewTopic("topic", 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
            replace(admin, "classic", "closed");
            replace(admin, "classic", "killed");
            replace(admin, "consumer", "closed");
        }
        server.shutdown();
        server.awaitShutdown();
        System.exit(0);
    }

    /** A member that is still running stands for a killed one: the broker cannot tell them apart. */
    static void replace(Admin admin, String protocol, String end) throws Exception {
        String group = protocol + "-" + end;
        var first = join(group, protocol, "first");
        String firstId = first.groupMetadata().memberId();
        String before = shown(admin, group, firstId, "");
        if (end.equals("closed")) {
            first.close();
        }
        var second = join(group, protocol, "second");
        System.out.println(group + ": " + before + "; then " + shown(admin, group, firstId, second.groupMetadata().memberId()));
        second.close();
    }

    static String shown(Admin admin, String group, String first, String second) throws Exception {
        var members = admin.describeConsumerGroups(List.of(group)).all().get(30, TimeUnit.SECONDS).get(group).members();
        if (members.size() != 1) {
            return members.size() + " members";
        }
        MemberDescription member = members.iterator().next();
        String id = member.consumerId();
        return "client id " + member.clientId() + ", member id of the " + (id.equals(second) ? "second" : id.equals(first) ? "first" : "unknown");
    }

    static KafkaConsumer<String, String> join(String group, String protocol, String client) {
        Map<String, Object> settings = new HashMap<>(Map.of(
            "bootstrap.servers", kafka, "group.id", group, "group.protocol", protocol, "group.instance.id", "one", "client.id", client));
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of("topic"));
        Instant deadline = Instant.now().plusSeconds(30);
        while (consumer.assignment().isEmpty()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException(group + ": " + client + " gets no partition");
            }
            consumer.poll(Duration.ofMillis(100));
        }
        return consumer;
    }

    static KafkaRaftServer start(String data) throws Exception {
        InetAddress host = InetAddress.getLoopbackAddress();
        try (var one = new ServerSocket(0, 1, host); var other = new ServerSocket(0, 1, host)) {
            kafka = "127.0.0.1:" + one.getLocalPort();
            String controller = "127.0.0.1:" + other.getLocalPort();
            Properties settings = new Properties();
            settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + controller,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://" + kafka + ",CONTROLLER://" + controller,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", data,
                "offsets.topic.num.partitions", "1",
                "offsets.topic.replication.factor", "1",
                "group.initial.rebalance.delay.ms", "0"));
            settings.put("log.cleaner.dedupe.buffer.size", "2097152");
            Files.createDirectories(Path.of(data));
            new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setDirectories(List.of(data))
                .setMetadataLogDirectory(data)
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(System.err)
                .run();
            one.close();
            other.close();
            var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
            server.startup();
            System.out.println("Apache Kafka " + AppInfoParser.getVersion() + ", org.apache.kafka:kafka_2.13");
            return server;
        }
    }
}
END
timeout 300 java -cp "$TEMP/lib/*" "$TEMP/Finding.java" "$TEMP/data" >"$TEMP/seen" 2>"$TEMP/log" || {
  tail -n 30 "$TEMP/log" >&2
  fail "a member cannot join again at all"
}
grep -v -E ' (INFO|WARN|ERROR) ' "$TEMP/seen"
seen() { grep -qxF "$1: client id first, member id of the first; then $2" "$TEMP/seen"; }
for end in closed killed; do
  seen "classic-$end" "client id first, member id of the second" || fail "classic protocol, the former member was $end"
done
seen consumer-closed "client id second, member id of the second" || fail "consumer protocol"
echo "As found: with the classic protocol a place in a group keeps the client id of its first member; the member id is that of the present one."
