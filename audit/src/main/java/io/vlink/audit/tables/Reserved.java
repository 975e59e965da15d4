package io.vlink.audit.tables;

/** Reserved port numbers (OpenFlow 1.4.1 §7.2.1). */
public final class Reserved {

    public static final long IN_PORT = 0xfffffff8L;
    public static final long TABLE = 0xfffffff9L;
    public static final long NORMAL = 0xfffffffaL;
    public static final long FLOOD = 0xfffffffbL;
    public static final long ALL = 0xfffffffcL;
    public static final long CONTROLLER = 0xfffffffdL;
    public static final long LOCAL = 0xfffffffeL;

    private static final long FIRST = 0xffffff00L;

    private Reserved() {}

    /** Returns whether a number is reserved, so that no cable can be in the port. */
    public static boolean is(long port) {
        return port > FIRST;
    }

    /** Returns an output in words. */
    public static String text(long port) {
        if (port == IN_PORT) {
            return "IN_PORT";
        } else if (port == TABLE) {
            return "TABLE";
        } else if (port == NORMAL) {
            return "NORMAL";
        } else if (port == FLOOD) {
            return "FLOOD";
        } else if (port == ALL) {
            return "ALL";
        } else if (port == CONTROLLER) {
            return "CONTROLLER";
        }
        return port == LOCAL ? "LOCAL" : "output:" + port;
    }
}
