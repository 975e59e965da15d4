/** The command for users: parses words and options, calls network-api, prints drawings and returns exit codes. */
@NullMarked
package io.vlink.cli;

import org.jspecify.annotations.NullMarked;
