package io.vlink.gateway.switches;

/** A meter or group of a link. Rules and groups of networks may refer to it. */
record LinkItem(ItemType kind, long number) {

    enum ItemType {
        METER,
        GROUP
    }

    static LinkItem meter(long number) {
        return new LinkItem(ItemType.METER, number);
    }

    static LinkItem group(long number) {
        return new LinkItem(ItemType.GROUP, number);
    }
}
