/** What network-api shows, drawn for people. Pure: trees and a moment in, text out. */
@NullMarked
package io.vlink.cli.drawing;

import org.jspecify.annotations.NullMarked;
