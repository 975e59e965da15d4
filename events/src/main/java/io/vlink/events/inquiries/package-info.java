/** Dry runs: requested by network-api, answered by path-service, and not recorded. */
@NullMarked
package io.vlink.events.inquiries;

import org.jspecify.annotations.NullMarked;
