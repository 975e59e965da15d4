package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.networks.Network;
import io.vlink.events.nodes.Node;
import io.vlink.events.statuses.NetworkStatus;
import io.vlink.log.Outbox;
import io.vlink.log.schema.UnreadableEvent;
import io.vlink.networkapi.view.Changes;
import io.vlink.networkapi.view.RecordTable;
import io.vlink.networkapi.view.SpokenStatus;
import io.vlink.networkapi.view.View;
import io.vlink.upgrade.RecordedSuite;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Records of an earlier build are shown as before and stay unchanged. */
class RecordedViewTest {

    private static final int NETWORKS = 1_000;
    private static final Set<Topic> SHOWN = EnumSet.of(
            Topic.NODES,
            Topic.LINKS,
            Topic.NETWORKS,
            Topic.ATTACHMENTS,
            Topic.PATHS,
            Topic.STATUSES,
            Topic.SWITCHES,
            Topic.PORTS,
            Topic.LINK_STATES);
    private static final Set<Topic> RECORDED = EnumSet.of(Topic.NODES, Topic.LINKS, Topic.NETWORKS, Topic.ATTACHMENTS);

    private final RecordedSuite recorded = RecordedSuite.of(RecordedSuite.OLDEST);
    private final View view = new View();
    private final ViewReader reader = new ViewReader(
            view,
            new Changes(16, recorded.partitions()),
            new Awaited<>(),
            new Awaited<>(),
            (network, decision) -> {},
            (datapathId, overlay) -> {});

    @Test
    void showsAllNetworksWithTheirRecordedStatuses() throws UnreadableEvent {
        // When
        reader.on(recorded.of(SHOWN));

        // Then
        Map<String, Network> networks = recorded.state(Network.TOPIC);
        Map<String, NetworkStatus> statuses = recorded.state(NetworkStatus.TOPIC);
        assertThat(networks).hasSize(NETWORKS);
        assertThat(view.networks().all()).hasSize(NETWORKS);
        for (String key : networks.keySet()) {
            NetworkStatus was = Objects.requireNonNull(statuses.get(key), key);
            SpokenStatus said = Objects.requireNonNull(view.said(NetworkId.of(key)), key);
            assertThat(said.phase()).as(key).isEqualTo(was.phase().word());
            assertThat(said.conditions()).as(key).isEqualTo(was.conditions());
            assertThat(said.forward()).as(key).isEqualTo(was.forward());
            assertThat(said.reverse()).as(key).isEqualTo(was.reverse());
            assertThat(said.attachments()).as(key).isEqualTo(was.attachments());
        }
    }

    @Test
    void showsNothingOfItOnceKafkasDataIsReplaced() throws ReflectiveOperationException {
        // Given
        reader.on(recorded.of(SHOWN));
        List<Method> tables = Stream.of(View.class.getMethods())
                .filter(method -> method.getReturnType().equals(RecordTable.class))
                .toList();
        for (Method table : tables) {
            assertThat(rows(table)).as("rows of %s to forget", table).isNotEmpty();
        }

        // When
        view.drop();

        // Then
        for (Method table : tables) {
            assertThat(rows(table)).as(table.toString()).isEmpty();
        }
    }

    private List<?> rows(Method table) throws ReflectiveOperationException {
        return ((RecordTable<?>) table.invoke(view)).all();
    }

    @Test
    void rewritesNoRecord() throws UnreadableEvent {
        // Given
        reader.on(recorded.of(SHOWN));
        RecorderShard shard = new RecorderShard(
                0,
                recorded.partitions(),
                view.paths()::all,
                view.usage(),
                view.claims(),
                () -> false,
                begun -> {},
                TurnLimit.DEFAULT);

        // When
        recorded.of(RECORDED).forEach(shard::on);
        recorded.ends().forEach((topic, end) -> {
            if (RECORDED.contains(topic)) {
                shard.endsAt(topic, end);
            }
        });
        shard.loaded();
        shard.usageIsKnown();
        Outbox out = new Outbox(recorded.partitions(), "network-api");
        shard.act(out, recorded.at().plus(Duration.ofSeconds(1)));

        // Then: only the claims of nodes to their switches are new
        assertThat(out.records())
                .allSatisfy(record -> assertThat(record.topic()).isEqualTo(Topic.CLAIMS.topicName()));
        assertThat(out.records()).hasSize(recorded.state(Node.TOPIC).size());
        recorded.state(Network.TOPIC)
                .forEach((key, network) -> assertThat(view.networks().get(key)).hasValue(network));
    }
}
