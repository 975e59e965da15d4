/** Drawings of network-api's data. Pure: trees and a time in, text out. */
@NullMarked
package io.vlink.cli.drawing;

import org.jspecify.annotations.NullMarked;
