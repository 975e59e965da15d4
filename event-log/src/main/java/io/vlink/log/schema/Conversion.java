package io.vlink.log.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Converts a record of an internal topic from the form of one schema number to that of the next. A pure function of the
 * record: two instances that read the same record must get the same result.
 */
@FunctionalInterface
public interface Conversion {

    /**
     * Converts one record.
     *
     * @param record a record of the previous number, as JSON; may be changed and returned
     * @return the record in the form of the next number
     * @throws IllegalArgumentException stating what is wrong, if it is not a record of the previous number
     */
    ObjectNode convert(ObjectNode record);
}
