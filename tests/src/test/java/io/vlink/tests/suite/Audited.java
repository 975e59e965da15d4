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
 * Ends every end-to-end test with an audit of the suite, once there is one: whatever was done to it, nothing of it may stay
 * that is not as it should be. Found by JUnit itself, so that no test can forget it.
 */
public final class Audited implements AfterEachCallback {

    /** Long enough for what a killed service left to be put right, and for rests to be over. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (!Suite.isStarted() || context.getExecutionException().isPresent()) {
            return;
        }
        Suite suite = Suite.running();
        try (Audit audit = new Audit(suite.bootstrapServers(), new Properties(), List.of(suite.gateway()))) {
            Audit.Findings findings = audit.lasting(PATIENCE);
            if (!findings.differences().isEmpty()) {
                throw new AssertionError("After %s the suite is not as it should be:%n%s"
                        .formatted(context.getDisplayName(), Report.lines(findings.differences())));
            }
        }
    }
}
