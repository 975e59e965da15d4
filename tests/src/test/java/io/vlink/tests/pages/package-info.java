/**
 * Generated pages of {@code docs/}: each test generates its page and compares. {@code -Dpages=write} writes the page.
 */
@NullMarked
package io.vlink.tests.pages;

import org.jspecify.annotations.NullMarked;
