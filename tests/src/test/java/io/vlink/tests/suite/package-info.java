@NullMarked
package io.vlink.tests.suite;

import org.jspecify.annotations.NullMarked;
