package io.vlink.networkapi.reading;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IP addresses in text; no name is ever looked up. */
final class Addresses {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile("(?:%1$s\\.){3}%1$s".formatted(OCTET));
    private static final Pattern IPV6 =
            Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(?:%s(?:\\.%s){3})?".formatted(OCTET, OCTET));
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    private Addresses() {}

    static boolean isAddress(String text) {
        return IPV4.matcher(text).matches() || isIpv6(text);
    }

    /** Whether it is an address with the length of its network prefix, such as {@code 192.168.1.2/24}. */
    static boolean isAddressWithPrefix(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return false;
        }
        String address = text.substring(0, slash);
        int length = Integer.parseInt(text.substring(slash + 1));
        return (IPV4.matcher(address).matches() && length <= 32) || (isIpv6(address) && length <= 128);
    }

    private static boolean isIpv6(String text) {
        if (text.length() > 45 || !IPV6.matcher(text).matches()) {
            return false;
        }
        try {
            // With a colon in it, it is taken as a literal and never looked up.
            return InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    static String messageOf(IllegalArgumentException e) {
        String message = e.getMessage();
        return message == null ? "It cannot be read." : message;
    }
}
