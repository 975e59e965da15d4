package io.vlink.gateway.switches;

/** A meter or group of a link. Rules and groups of networks may refer to it. */
record LinkItem(Kind kind, long number) {

    enum Kind {
        METER,
        GROUP
    }

    static LinkItem meter(long number) {
        return new LinkItem(Kind.METER, number);
    }

    static LinkItem group(long number) {
        return new LinkItem(Kind.GROUP, number);
    }
}
