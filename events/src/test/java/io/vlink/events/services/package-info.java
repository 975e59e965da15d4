@NullMarked
package io.vlink.events.services;

import org.jspecify.annotations.NullMarked;
