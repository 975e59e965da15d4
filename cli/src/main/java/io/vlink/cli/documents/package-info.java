/** Documents of users: read from files as they were written, and written for programs. */
@NullMarked
package io.vlink.cli.documents;

import org.jspecify.annotations.NullMarked;
