package io.vlink.events.dryruns;

import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Outcome;
import io.vlink.events.reasons.Violation;
import io.vlink.events.schema.PublishedAs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a dry run, on {@code vlink.forecasts} under the network's key: the decision that would have been made
 * if the request had been declared at that moment.
 *
 * @param requestId the id of the request
 * @param network the network, by its key in its own topic
 * @param outcome the network's outcome; absent where the network is not declared
 * @param violations why it would be refused, at least one in that case; empty otherwise
 * @param forward the forward path; if refused, the links that the user named and that are known; absent where there is
 *     none
 * @param reverse the reverse path, likewise
 * @param attachments the state of every attachment of the network
 */
@PublishedAs("Forecast")
public record DryRunResult(
        String requestId,
        NetworkId network,
        @Nullable Outcome outcome,
        List<Violation> violations,
        @Nullable ForecastRoute forward,
        @Nullable ForecastRoute reverse,
        List<AttachmentState> attachments) {

    /** The topic of these records. */
    public static final TypedTopic<NetworkId, DryRunResult> TOPIC =
            new TypedTopic<>(Topic.FORECASTS, DryRunResult.class, NetworkId::of, DryRunResult::network);

    public DryRunResult {
        violations = List.copyOf(violations);
        attachments = List.copyOf(attachments);
    }
}
