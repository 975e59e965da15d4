package io.vlink.gateway.switches;

import io.vlink.events.rules.Meter;

/**
 * One meter that was read from a switch.
 *
 * @param settings flags and bands, in the words of {@link RuleText#settings}
 * @param boundRules how many rules of anybody use it
 */
public record InstalledMeter(long number, String settings, long boundRules) {

    boolean isAs(Meter wanted) {
        return number == wanted.number() && settings.equals(RuleText.settings(wanted));
    }
}
