/**
 * Pages of {@code docs/} that are generated, and kept true: each test writes its page anew and compares. With
 * {@code -Dpages=write} it leaves what it wrote.
 */
@NullMarked
package io.vlink.tests.pages;

import org.jspecify.annotations.NullMarked;
