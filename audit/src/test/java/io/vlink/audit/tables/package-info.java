@NullMarked
package io.vlink.audit.tables;

import org.jspecify.annotations.NullMarked;
