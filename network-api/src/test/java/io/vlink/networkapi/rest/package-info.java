@NullMarked
package io.vlink.networkapi.rest;

import org.jspecify.annotations.NullMarked;
