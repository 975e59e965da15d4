package io.vlink.networkapi.http;

import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Selects a part of a list. */
public final class Paging {

    /** The largest page, and the size of a page if the caller asks for none. */
    private static final int MOST = 1000;

    /** Ends the key in a token. Sorts before all characters of keys, so that older instances continue at the same place. */
    private static final char END = ' ';

    @QueryParam("limit")
    @Parameter(
            description = "The most entries to return",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "1000"))
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
            return MOST;
        }
        int number = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MOST) {
            throw Query.wrong("limit", limit, "must be 1 to %d".formatted(MOST));
        }
        return number;
    }

    /**
     * Returns the key after which the page begins; null for the first page.
     *
     * @param under prefix of all keys of the list
     * @throws ProblemException if {@code after} is not a token of this list, as issued
     */
    public @Nullable String key(String under) {
        if (after == null || after.isEmpty()) {
            return null;
        }
        String key = decoded(after);
        if (key == null || !key.startsWith(under) || !token(key).equals(after)) {
            throw Query.wrong("after", after, "must be the \"next\" of an earlier page of this list");
        }
        return key;
    }

    /** Returns the key in a token; null if it has none. The rest of the token is not checked. */
    private static @Nullable String decoded(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int end = text.lastIndexOf(END);
            return end < 0 ? null : text.substring(0, end);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns the token of a key: the key and its checksum, so that a damaged token does not skip a part of the list. */
    public static String token(String key) {
        CRC32 sum = new CRC32();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        String text = "%s%s%08x".formatted(key, END, sum.getValue());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether a name begins with the prefix asked for. */
    public boolean names(String name) {
        return prefix == null || name.startsWith(prefix);
    }
}
