package io.vlink.gateway.ovsdb;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of an OVSDB server: {@code tcp:address:port}. */
record OvsdbAddress(String host, int port) {

    private static final Pattern TCP = Pattern.compile("tcp:(\\[[0-9a-fA-F:.%]+]|[^:\\s\\[\\]]+):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /** Parses an address; absent: it has another form. */
    static Optional<OvsdbAddress> parse(String text) {
        Matcher matcher = TCP.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        String host = matcher.group(1);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return port < 1 || port > MAX_PORT ? Optional.empty() : Optional.of(new OvsdbAddress(bare, port));
    }
}
