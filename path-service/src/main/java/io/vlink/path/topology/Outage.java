package io.vlink.path.topology;

/**
 * Why a link carries nothing now.
 *
 * @param reason one word in CamelCase, as the gateway reported it
 * @param message for people
 */
public record Outage(String reason, String message) {

    /** Of a link that nobody has seen up: it is not up before somebody has. */
    public static final Outage NO_STATE = new Outage("NoState", "no gateway has reported it yet");
}
