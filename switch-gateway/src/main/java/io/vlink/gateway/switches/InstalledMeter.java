package io.vlink.gateway.switches;

import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.Meter;
import org.jspecify.annotations.Nullable;

/**
 * One meter that was read from a switch.
 *
 * @param settings flags and bands, in the words of {@link RuleText#settings}
 * @param boundRules how many rules of anybody use it
 * @param dropped what it dropped since the switch began to count; absent where the switch does not say
 */
public record InstalledMeter(
        long number,
        String settings,
        long boundRules,
        @Nullable Drops dropped) implements Numbered {

    /** A meter of which nothing was counted yet. */
    public InstalledMeter(long number, String settings, long boundRules) {
        this(number, settings, boundRules, null);
    }

    boolean isAs(Meter wanted) {
        return number == wanted.number() && settings.equals(RuleText.settings(wanted));
    }

    /** Only rules with our mark use it, or none does, and its number and settings are such as Vlink writes. */
    @Override
    public boolean mayBeOurs(long ourUses) {
        return boundRules <= ourUses && (ourUses > 0 || (number <= LinkMeter.LAST && RuleText.isOneDropBand(settings)));
    }

    @Override
    public boolean mayBeOursUnused() {
        return true;
    }
}
