@NullMarked
package io.vlink.tests;

import org.jspecify.annotations.NullMarked;
