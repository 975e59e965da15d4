/**
 * Many requests in one call: one line per request, one result per line, with bounded memory for any number of lines.
 */
@NullMarked
package io.vlink.networkapi.bulk;

import org.jspecify.annotations.NullMarked;
