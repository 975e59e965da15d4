package io.vlink.tests.suite;

import io.vlink.audit.Audit;
import io.vlink.audit.Report;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Ends every end-to-end test with an audit of the running suite or cluster: a test must leave nothing wrong behind.
 * JUnit loads it as a service, so no test can forget it.
 */
public final class Audited implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (context.getExecutionException().isPresent()) {
            return;
        }
        PocketCluster cluster = PocketCluster.running();
        if (cluster != null) {
            judge(context, cluster.audit(Suite.PATIENCE));
        }
        if (Suite.isStarted()) {
            Suite suite = Suite.running();
            try (Audit audit = new Audit(suite.bootstrapServers(), new Properties(), List.of(suite.gateway()))) {
                judge(context, Report.lines(audit.lasting(Suite.PATIENCE).differences()));
            }
        }
    }

    private static void judge(ExtensionContext context, String found) {
        if (!found.isEmpty()) {
            throw new AssertionError("The audit after %s found:%n%s".formatted(context.getDisplayName(), found));
        }
    }
}
