package io.vlink.cli.api;

import io.vlink.cli.kinds.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes to follow, as query parameters for network-api.
 *
 * @param kinds kinds in the terms of network-api, such as {@code network} and {@code status}
 * @param place null: everywhere
 * @param namespaced whether to follow only the namespace of the place
 * @param network follow only this network; null: all
 */
public record Changes(
        List<String> kinds,
        @Nullable Place place,
        boolean namespaced,
        @Nullable String network) {

    String path(boolean snapshot) {
        StringBuilder path = new StringBuilder("/v1/events?kind=").append(String.join(",", kinds));
        if (place != null) {
            path.append("&overlay=").append(word(place.overlay()));
            path.append(namespaced ? "&namespace=" + word(place.namespace()) : "");
        }
        path.append(network == null ? "" : "&network=" + word(network));
        return path.append(snapshot ? "&snapshot=true" : "").toString();
    }

    private static String word(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8);
    }
}
