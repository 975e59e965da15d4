@NullMarked
package io.vlink.flow.ledger;

import org.jspecify.annotations.NullMarked;
