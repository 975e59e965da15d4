package io.vlink.networkapi.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vlink.events.DatapathId;
import io.vlink.events.ResourceId;
import io.vlink.events.Topic;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.requests.Request;
import io.vlink.log.Entry;
import io.vlink.log.EventJson;
import io.vlink.log.Outbox;
import io.vlink.networkapi.usage.Claims;
import io.vlink.networkapi.usage.Usage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * A claim that is read costs the same however many nodes wait for others. Cost is counted in allocated bytes: a look at
 * all that wait allocates for each of them, and does so on every machine alike.
 */
class WaitingCostTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int FEW = 400;
    private static final int MANY = 6_400;
    /** The claims that are read one by one while the others are still waited for. */
    private static final int READ = 200;

    @Test
    void aClaimCostsTheSameHoweverManyNodesByRestWait() {
        assertThat(growth(
                        (desk, number) -> desk.shard.ask(new PendingWrite(desk.node(number), Duration.ofMinutes(10)))))
                .isLessThan(2);
    }

    @Test
    void aClaimCostsTheSameHoweverManyNodesFromKafkaWait() {
        assertThat(growth(WaitingDesk::produce)).isLessThan(2);
    }

    /** Returns how many times the cost of a claim among few is the cost of one among many. */
    private static double growth(BiConsumer<WaitingDesk, Integer> request) {
        long unused = new WaitingDesk().costOfClaims(FEW, request); // loads the classes
        long amongFew = new WaitingDesk().costOfClaims(FEW, request);
        long amongMany = new WaitingDesk().costOfClaims(MANY, request);
        return (double) amongMany / amongFew;
    }

    /** A shard whose claims are read one by one. */
    private static final class WaitingDesk {

        private final Claims claims = new Claims();
        private final RecorderShard shard =
                new RecorderShard(0, 1, List::of, new Usage(), claims, () -> false, begun -> {}, TurnLimit.DEFAULT);

        private long costOfClaims(int waiting, BiConsumer<WaitingDesk, Integer> request) {
            shard.loaded();
            shard.usageIsKnown();
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < waiting; i++) {
                request.accept(this, i);
                numbers.add(i);
            }
            turn();
            Collections.reverse(numbers); // from Kafka, the last ones wait for the first
            long before = allocated();
            numbers.subList(0, READ).forEach(this::readClaim);
            return allocated() - before;
        }

        private static long allocated() {
            return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
        }

        private void produce(int number) {
            Request request = node(number);
            shard.on(new Entry(Topic.REQUESTS, 0, 100 + number, NOW, request.subject(), EventJson.write(request)));
        }

        private Request.DeclareNode node(int number) {
            return new Request.DeclareNode(
                    "r-" + number,
                    new ResourceId("bulk", "node-" + number),
                    null,
                    new NodeSpec(new DatapathId(number), null, null, false));
        }

        private void readClaim(int number) {
            claims.put(new DatapathId(number), "bulk");
            shard.claimRead("bulk", new DatapathId(number));
            turn();
        }

        private void turn() {
            Outbox out = new Outbox(1, "network-api");
            Instant unused = shard.act(out, NOW);
            out.succeeded();
        }
    }
}
