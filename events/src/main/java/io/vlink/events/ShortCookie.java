package io.vlink.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A {@link Cookie} as rule sets contain it. For a rule that carries traffic of a network, which nearly all rules do, it
 * is what follows mark and kind, in hex digits: {@code 17001} is 0x564c100000017001. Any other cookie is written in
 * full, with {@code 0x}.
 */
public record ShortCookie(Cookie cookie) {

    private static final int DIGITS = Cookie.KIND_SHIFT / 4;
    private static final long HEAD =
            Cookie.of(Cookie.CookieKind.FORWARDING, 1, Direction.FORWARD).value()
                    >>> Cookie.KIND_SHIFT
                    << Cookie.KIND_SHIFT;
    private static final long BODY = (1L << Cookie.KIND_SHIFT) - 1;

    /**
     * Reads either form.
     *
     * @throws IllegalArgumentException naming the text, if it has neither form
     */
    @JsonCreator
    public static ShortCookie of(String text) {
        boolean whole = text.startsWith("0x");
        String digits = whole ? text.substring(2) : text;
        boolean fits = whole ? digits.length() == 2 * Long.BYTES : digits.length() <= DIGITS && !digits.startsWith("0");
        if (!fits || digits.isEmpty() || !digits.chars().allMatch(ShortCookie::isDigit)) {
            throw new IllegalArgumentException(
                    "The cookie (%s) must be 1 to %d hex digits without a leading 0, or 0x and 16 hex digits."
                            .formatted(text, DIGITS));
        }
        long value = Long.parseUnsignedLong(digits, 16);
        return new ShortCookie(new Cookie(whole ? value : HEAD | value));
    }

    private static boolean isDigit(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    @JsonValue
    @Override
    public String toString() {
        long body = cookie.value() & BODY;
        return cookie.value() == (HEAD | body) && body != 0 ? Long.toHexString(body) : cookie.toString();
    }
}
