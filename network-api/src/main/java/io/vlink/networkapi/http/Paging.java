package io.vlink.networkapi.http;

import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Selects a part of a list. */
public final class Paging {

    private static final int MOST = 1000;

    @QueryParam("limit")
    @Parameter(
            description = "The most entries to return; without it, all",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
    @Nullable String limit;

    @QueryParam("after")
    @Parameter(
            description = "Where to continue: `next` of the previous page",
            schema = @Schema(type = SchemaType.STRING, pattern = "^[A-Za-z0-9_-]+$"))
    @Nullable String after;

    @QueryParam("prefix")
    @Parameter(
            description = "Only those with a name that begins with this text",
            schema = @Schema(type = SchemaType.STRING))
    @Nullable String prefix;

    public int limit() {
        if (limit == null) {
            return Integer.MAX_VALUE;
        }
        int number = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MOST) {
            throw Query.wrong("limit", limit, "must be 1 to %d".formatted(MOST));
        }
        return number;
    }

    /** Returns the key after which the page begins; null for the first page. */
    public @Nullable String key() {
        if (after == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Query.wrong("after", after, "must be the \"next\" of an earlier page");
        }
    }

    public static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether a name begins with the prefix asked for. */
    public boolean names(String name) {
        return prefix == null || name.startsWith(prefix);
    }
}
