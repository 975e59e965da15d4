/** Many requests in one call: lines in, one result for each out, with bounded memory however many there are. */
@NullMarked
package io.vlink.networkapi.bulk;

import org.jspecify.annotations.NullMarked;
