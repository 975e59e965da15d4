/** The admission webhook that the API server calls, over TLS with the operator's own certificates. */
@NullMarked
package io.vlink.operator.webhook;

import org.jspecify.annotations.NullMarked;
