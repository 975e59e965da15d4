package io.vlink.networkapi.reading;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks IP addresses in text. Never looks up a host name. */
final class Addresses {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(?:%1$s\\.){3}%1$s".formatted(OCTET));
    private static final Pattern IPV6 =
            Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(?:%s(?:\\.%s){3})?".formatted(OCTET, OCTET));
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    private static final String BROADCAST = "255.255.255.255";

    private Addresses() {}

    /** Returns whether the text is an address of a single host: not unspecified, multicast or broadcast. */
    static boolean isOfOneHost(String text) {
        InetAddress address = IPV4.matcher(text).matches() ? literal(text) : ipv6(text);
        return address != null
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !text.equals(BROADCAST);
    }

    /** Returns whether the text is an address with prefix length, such as {@code 192.168.1.2/24}. */
    static boolean isAddressWithPrefix(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return false;
        }
        String address = text.substring(0, slash);
        int length = Integer.parseInt(text.substring(slash + 1));
        return (IPV4.matcher(address).matches() && length <= 32) || (ipv6(address) != null && length <= 128);
    }

    private static @Nullable InetAddress ipv6(String text) {
        return text.length() > 45 || !IPV6.matcher(text).matches() ? null : literal(text);
    }

    /** Parses an IP literal. Text with four octets or a colon is never looked up as a name. */
    private static @Nullable InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    static String messageOf(IllegalArgumentException e) {
        String message = e.getMessage();
        return message == null ? "It cannot be read." : message;
    }
}
