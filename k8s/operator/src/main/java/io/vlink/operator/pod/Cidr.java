package io.vlink.operator.pod;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address with a prefix length, IPv4 or IPv6.
 *
 * @param address the address as a number
 * @param bits 32 or 128
 */
public record Cidr(BigInteger address, int prefix, int bits) {

    // Only literals: no name is ever resolved.
    private static final Pattern V4 = Pattern.compile("((0|[1-9]\\d{0,2})\\.){3}(0|[1-9]\\d{0,2})");
    private static final Pattern V6 = Pattern.compile("([0-9A-Fa-f]{0,4}:)+([0-9A-Fa-f]{0,4}|" + V4 + ")");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

    /**
     * Parses text such as {@code 10.1.0.0/16}; returns null if it is invalid. As CNI plugins, it accepts no leading zeros
     * in decimal numbers.
     */
    public static @Nullable Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return null;
        }
        String written = text.substring(0, slash);
        if (!V4.matcher(written).matches() && !V6.matcher(written).matches()) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(written);
            boolean isV4 = address instanceof Inet4Address;
            if (isV4 != V4.matcher(written).matches()) { // IPv4 in the notation of IPv6
                return null;
            }
            int bits = isV4 ? 32 : 128;
            int prefix = Integer.parseInt(text.substring(slash + 1));
            return prefix > bits ? null : new Cidr(new BigInteger(1, address.getAddress()), prefix, bits);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Returns the lowest address of the subnet. */
    public BigInteger first() {
        return address.shiftRight(bits - prefix).shiftLeft(bits - prefix);
    }

    /** Returns the highest address of the subnet. */
    public BigInteger last() {
        return first().add(BigInteger.ONE.shiftLeft(bits - prefix)).subtract(BigInteger.ONE);
    }

    /** Returns the address without its prefix length, in the usual notation. */
    public String host() {
        return text(address, bits);
    }

    /** Formats a number as an address. */
    static String text(BigInteger address, int bits) {
        byte[] whole = new byte[bits / 8];
        byte[] number = address.toByteArray();
        for (int i = 0; i < Math.min(number.length, whole.length); i++) {
            whole[whole.length - 1 - i] = number[number.length - 1 - i];
        }
        try {
            return InetAddress.getByAddress(whole).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("The address (%s) does not have %d bits.".formatted(address, bits), e);
        }
    }
}
