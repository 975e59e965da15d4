package io.vlink.log;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Rules, and what became of them, belonged to networks only, and those of networks are written as they ever were: what was
 * recorded then needs no change, nor does what is written for builds of then. Other owners come with a suite that was finalised.
 */
final class RulesOfOwners {

    private RulesOfOwners() {}

    /** As it was and as it is. */
    static ObjectNode same(ObjectNode record) {
        return record;
    }

    /** A rule set for builds that know networks only, and no groups; refuses others, which are not to be made before. */
    static ObjectNode ofNetwork(ObjectNode set) {
        if (!set.hasNonNull("network")) {
            throw new IllegalArgumentException(
                    "A rule set of %s cannot be said where networks are the only owners of rules."
                            .formatted(set.path("link").asText()));
        }
        if (set.has("groups")) {
            throw new IllegalArgumentException("A rule set with groups cannot be said where there are none: that of %s."
                    .formatted(set.path("network").asText()));
        }
        return set;
    }
}
