/** HTTP and documents for every resource: queries, media types, paging, representations, and problems (RFC 9457). */
@NullMarked
package io.vlink.networkapi.http;

import org.jspecify.annotations.NullMarked;
