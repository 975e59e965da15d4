package io.vlink.tests.suite;

import io.vlink.audit.Audit;
import io.vlink.audit.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Ends every end-to-end test with an audit of the suite, or of the cluster, once there is one: whatever was done to it,
 * nothing of it may stay that is not as it should be. Found by JUnit itself, so that no test can forget it.
 */
public final class Audited implements AfterEachCallback {

    /** Long enough for what a killed service left to be put right, and for rests to be over. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            return;
        }
        PocketCluster cluster = PocketCluster.running();
        if (cluster != null) {
            judge(context, cluster.audit(PATIENCE));
        }
        if (Suite.isStarted()) {
            Suite suite = Suite.running();
            try (Audit audit = new Audit(suite.bootstrapServers(), new Properties(), List.of(suite.gateway()))) {
                judge(context, Report.lines(audit.lasting(PATIENCE).differences()));
            }
        }
    }

    private static void judge(ExtensionContext context, String found) {
        if (!found.isEmpty()) {
            throw new AssertionError(
                    "After %s the suite is not as it should be:%n%s".formatted(context.getDisplayName(), found));
        }
    }
}
