/** Where the API server asks about pods, over TLS with certificates of our own. */
@NullMarked
package io.vlink.operator.webhook;

import org.jspecify.annotations.NullMarked;
