/** What would be decided: asked by network-api, answered by path-service, recorded by nobody. */
@NullMarked
package io.vlink.events.inquiries;

import org.jspecify.annotations.NullMarked;
