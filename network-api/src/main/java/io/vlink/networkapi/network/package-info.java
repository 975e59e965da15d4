/** Networks, the ways that they go, and their attachments, over REST. */
@NullMarked
package io.vlink.networkapi.network;

import org.jspecify.annotations.NullMarked;
