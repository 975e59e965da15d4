package io.vlink.cli.kinds;

import org.jspecify.annotations.Nullable;

/**
 * Which things of a kind are wanted.
 *
 * @param everywhere those of all namespaces
 * @param network only the attachments of that network; absent: of all
 */
public record Listing(
        Kind kind,
        Place place,
        boolean everywhere,
        @Nullable String network) {

    /** Where network-api lists them. */
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
