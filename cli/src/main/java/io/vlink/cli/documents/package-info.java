/** Documents of users: read from files unchanged, and written for programs. */
@NullMarked
package io.vlink.cli.documents;

import org.jspecify.annotations.NullMarked;
