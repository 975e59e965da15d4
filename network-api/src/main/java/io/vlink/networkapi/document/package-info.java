/** Completes the OpenAPI document, which is generated from resources and records. */
@NullMarked
package io.vlink.networkapi.document;

import org.jspecify.annotations.NullMarked;
