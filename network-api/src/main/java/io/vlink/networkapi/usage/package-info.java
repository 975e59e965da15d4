/** What circuits use: how many networks cross each link, node and switch, by what they do. Pure. */
@NullMarked
package io.vlink.networkapi.usage;

import org.jspecify.annotations.NullMarked;
