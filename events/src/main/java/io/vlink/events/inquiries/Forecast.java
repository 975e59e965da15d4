package io.vlink.events.inquiries;

import io.vlink.events.NetworkId;
import io.vlink.events.Topic;
import io.vlink.events.TypedTopic;
import io.vlink.events.Violation;
import io.vlink.events.paths.AttachmentState;
import io.vlink.events.paths.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be decided, on {@code vlink.forecasts} under the network's key: the same as if it had been declared at that
 * moment.
 *
 * @param requestId that of the {@link Inquiry}
 * @param network what this is about, by its key in its own topic
 * @param outcome what would become of the network; absent where it is not declared
 * @param violations why it would be refused, at least one then; empty otherwise
 * @param forward the way there; of a refused one, the links that the user named and that are known; absent where there
 *     is none
 * @param reverse the way back, likewise
 * @param attachments what would become of every attachment of the network
 */
public record Forecast(
        String requestId,
        NetworkId network,
        @Nullable Outcome outcome,
        List<Violation> violations,
        @Nullable ForecastRoute forward,
        @Nullable ForecastRoute reverse,
        List<AttachmentState> attachments) {

    /** Where it stands. */
    public static final TypedTopic<NetworkId, Forecast> TOPIC =
            new TypedTopic<>(Topic.FORECASTS, Forecast.class, NetworkId::of, Forecast::network);

    public Forecast {
        violations = List.copyOf(violations);
        attachments = List.copyOf(attachments);
    }
}
