/** network-api over HTTP: answers, problems and the stream of changes. The only package that opens connections. */
@NullMarked
package io.vlink.cli.api;

import org.jspecify.annotations.NullMarked;
