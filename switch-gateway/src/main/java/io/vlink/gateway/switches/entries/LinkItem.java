package io.vlink.gateway.switches.entries;

/** A meter or group of a link. Rules and groups of networks may refer to it. */
public record LinkItem(ItemType kind, long number) {

    public enum ItemType {
        METER,
        GROUP
    }

    public static LinkItem meter(long number) {
        return new LinkItem(ItemType.METER, number);
    }

    public static LinkItem group(long number) {
        return new LinkItem(ItemType.GROUP, number);
    }
}
