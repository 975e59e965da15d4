package io.vlink.gateway.switches.entries;

import io.vlink.events.rules.LinkMeter;
import io.vlink.events.rules.Meter;
import org.jspecify.annotations.Nullable;

/**
 * A meter that was read from a switch.
 *
 * @param settings flags and bands, in the notation of {@link RuleText#settings}
 * @param boundRules the number of rules that use it, including foreign ones
 * @param dropped the frames it dropped since the switch started to count; absent if the switch does not report them
 */
public record InstalledMeter(
        long number,
        String settings,
        long boundRules,
        @Nullable Drops dropped) implements Numbered {

    /** Creates a meter without a count of dropped frames. */
    public InstalledMeter(long number, String settings, long boundRules) {
        this(number, settings, boundRules, null);
    }

    public boolean isAs(Meter wanted) {
        return number == wanted.number() && settings.equals(RuleText.settings(wanted));
    }

    /**
     * Returns true if only rules with our mark use it, or if no rule does and its number and settings are such as Vlink
     * writes.
     */
    @Override
    public boolean mayBeOurs(long ourUses) {
        return boundRules <= ourUses && (ourUses > 0 || (number <= LinkMeter.LAST && RuleText.isOneDropBand(settings)));
    }

    @Override
    public boolean mayBeOursUnused() {
        return true;
    }
}
