package io.vlink.cli.kinds;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A reference to a resource by its name.
 *
 * @param name the name; {@code NETWORK/ID} for an attachment
 */
public record Reference(Kind kind, Place place, String name) {

    public Reference {
        int slash = name.indexOf('/');
        boolean two = slash > 0 && slash < name.length() - 1 && name.indexOf('/', slash + 1) < 0;
        if (kind == Kind.ATTACHMENT ? !two : name.isEmpty() || slash >= 0) {
            throw new IllegalArgumentException(
                    kind == Kind.ATTACHMENT
                            ? "The name of an attachment must be NETWORK/ID, not '%s'.".formatted(name)
                            : "The name of a %s must not be empty or contain a slash, unlike '%s'."
                                    .formatted(kind.singular(), name));
        }
    }

    /** Returns the reference to a resource read from network-api. */
    public static Reference of(Kind kind, JsonNode item) {
        Place place = new Place(
                item.path("overlay").asText(Place.DEFAULT),
                item.path("namespace").asText(Place.DEFAULT));
        return new Reference(
                kind,
                place,
                switch (kind) {
                    case NODE, LINK, NETWORK, SERVICE -> item.path("name").asText();
                    case ATTACHMENT ->
                        item.path("network").asText() + "/" + item.path("id").asText();
                    case SWITCH -> item.path("datapathId").asText();
                });
    }

    /** Returns the form that commands accept and print. */
    @Override
    public String toString() {
        return kind.singular() + "/" + name;
    }

    /** Returns the path of the resource in network-api. */
    public String path() {
        return switch (kind) {
            case NODE, LINK -> "%s/%s".formatted(Paths.inOverlay(kind, place.overlay()), Paths.word(name));
            case SWITCH -> "/v1/switches/" + Paths.word(name);
            case SERVICE -> "/v1/services/" + Paths.word(name);
            case NETWORK -> Paths.networks(place) + "/" + Paths.word(name);
            case ATTACHMENT ->
                "%s/%s/attachments/%s"
                        .formatted(
                                Paths.networks(place),
                                Paths.word(name.substring(0, name.indexOf('/'))),
                                Paths.word(name.substring(name.indexOf('/') + 1)));
        };
    }

    /** Paths of network-api. */
    static final class Paths {

        private Paths() {}

        static String networks(Place place) {
            return inNamespace(Kind.NETWORK, place);
        }

        static String inNamespace(Kind kind, Place place) {
            return "%s/namespaces/%s/%s".formatted(overlay(place.overlay()), word(place.namespace()), kind.plural());
        }

        static String inOverlay(Kind kind, String overlay) {
            return overlay(overlay) + "/" + kind.plural();
        }

        static String overlay(String overlay) {
            return "/v1/overlays/" + word(overlay);
        }

        static String word(String word) {
            return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }
}
