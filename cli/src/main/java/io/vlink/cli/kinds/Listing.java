package io.vlink.cli.kinds;

import org.jspecify.annotations.Nullable;

/**
 * A query for resources of one kind.
 *
 * @param everywhere whether to list all namespaces
 * @param network list only the attachments of this network; null: of all networks
 */
public record Listing(
        Kind kind,
        Place place,
        boolean everywhere,
        @Nullable String network) {

    /** Returns the path of the list in network-api. */
    public String path() {
        return switch (kind) {
            case NODE, LINK -> Reference.Paths.inOverlay(kind, place.overlay());
            case SWITCH -> "/v1/switches";
            case SERVICE -> "/v1/services";
            case NETWORK ->
                everywhere ? Reference.Paths.inOverlay(kind, place.overlay()) : Reference.Paths.networks(place);
            case ATTACHMENT ->
                network != null
                        ? new Reference(Kind.NETWORK, place, network).path() + "/attachments"
                        : Reference.Paths.inOverlay(kind, place.overlay())
                                + (everywhere ? "" : "?namespace=" + Reference.Paths.word(place.namespace()));
        };
    }
}
