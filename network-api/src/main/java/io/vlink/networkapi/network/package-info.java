/** Networks, their paths and their attachments, over REST. */
@NullMarked
package io.vlink.networkapi.network;

import org.jspecify.annotations.NullMarked;
