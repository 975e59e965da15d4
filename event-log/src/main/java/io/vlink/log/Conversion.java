package io.vlink.log;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes of a record of an internal topic, as one build wrote it, what the build of the next schema number would have written.
 * It is a pure function of the record: two instances that read the same must come to the same.
 */
@FunctionalInterface
public interface Conversion {

    /**
     * Converts one record.
     *
     * @param record of the number before, as JSON; may be changed and returned
     * @return the same, of the next number
     * @throws IllegalArgumentException saying what is wrong with the record, if it is none of that number
     */
    ObjectNode convert(ObjectNode record);
}
