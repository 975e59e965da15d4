/** Tests of documents in and out. */
@NullMarked
package io.vlink.cli.documents;

import org.jspecify.annotations.NullMarked;
