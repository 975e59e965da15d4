/** The command for users: words and options in, calls of network-api, drawings and exit codes out. */
@NullMarked
package io.vlink.cli;

import org.jspecify.annotations.NullMarked;
