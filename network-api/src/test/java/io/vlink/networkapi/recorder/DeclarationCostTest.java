package io.vlink.networkapi.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.vlink.events.DatapathId;
import io.vlink.events.PortLocator;
import io.vlink.events.ResourceId;
import io.vlink.events.links.LinkEnd;
import io.vlink.events.links.LinkKind;
import io.vlink.events.links.LinkSpec;
import io.vlink.events.nodes.NodeSpec;
import io.vlink.events.requests.Request;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * Declaring a node or a link costs the same in a small and in a large overlay. Cost is counted in allocated bytes: a
 * look at all records allocates for each of them, and does so on every machine alike.
 */
class DeclarationCostTest {

    private static final int FEW = 500;
    private static final int MANY = 16_000;
    /** What is measured each time. */
    private static final int MORE = 500;

    private final Desk desk = new Desk();

    @Test
    void aLinkCostsTheSameHoweverManyThereAre() {
        assertThat(growth(this::declareLink)).isLessThan(2);
    }

    @Test
    void aNodeCostsTheSameHoweverManyThereAre() {
        assertThat(growth(this::declareNode)).isLessThan(2);
    }

    /** Returns how many times the cost of one among few is the cost of one among many. */
    private static double growth(IntConsumer declare) {
        long unused = allocated(declare, 0, FEW);
        long amongFew = allocated(declare, FEW, FEW + MORE);
        unused = allocated(declare, FEW + MORE, MANY);
        long amongMany = allocated(declare, MANY, MANY + MORE);
        return (double) amongMany / amongFew;
    }

    private static long allocated(IntConsumer declare, int from, int to) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = from; i < to; i++) {
            declare.accept(i);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void declareNode(int number) {
        var unused =
                desk.granted(new Request.DeclareNode("", new ResourceId("default", "n-" + number), null, node(number)));
    }

    private static NodeSpec node(int number) {
        return new NodeSpec(new DatapathId(number + 1L), null, null, false);
    }

    private void declareLink(int number) {
        LinkSpec spec = new LinkSpec(
                new LinkEnd("n-" + number % 100, new PortLocator("p-" + number)),
                new LinkEnd("n-" + (number + 1) % 100, new PortLocator("q-" + number)),
                1_000_000,
                0,
                LinkKind.PLAIN,
                false);
        var unused = desk.granted(new Request.DeclareLink("", new ResourceId("default", "l-" + number), null, spec));
    }
}
