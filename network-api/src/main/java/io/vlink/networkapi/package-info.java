/** network-api: records what users ask for, and answers what became of it. */
@NullMarked
package io.vlink.networkapi;

import org.jspecify.annotations.NullMarked;
