package io.vlink.events.paths;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.vlink.events.Label;
import io.vlink.events.PortLocator;
import io.vlink.events.PortNumber;
import io.vlink.events.Recent;
import io.vlink.events.text.Names;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A circuit's place on a link: allocated from pools, and kept in quarantine after use. Printed as
 * {@code link/label/out/in}, such as {@code link-ac/vlan:100/to-c=2/to-a=1}. {@code out} is the port by which frames
 * leave the sending switch, {@code in} the one at which they arrive. Each is the name that the link had for the port
 * when the circuit was created, {@code =}, and the port's number. Either part is left out while it is not known.
 *
 * @param link the link's name
 * @param label the label that keeps this circuit apart on the link
 * @param outPort number of the port at which the link begins; absent while no port of the switch has the declared name
 * @param outLocator the name that the link had for that port when the circuit was created. {@code outPort} follows it
 *     when its number changes; later declarations of the link make no difference. Absent in records from before there
 *     were locators
 * @param inPort number of the port at which the link ends; absent while no port of the switch has the declared name
 * @param inLocator the same for {@code inPort}
 */
public record Lane(
        String link,
        Label label,
        @Nullable PortNumber outPort,
        @Nullable PortLocator outLocator,
        @Nullable PortNumber inPort,
        @Nullable PortLocator inLocator)
        implements Edge {

    private static final Recent<String, String> LINKS = new Recent<>(4096, link -> Names.require("link", link));
    private static final Recent<String, PortLocator> LOCATORS = new Recent<>(4096, PortLocator::new);

    /** Whether the ports at both sides are known. */
    public boolean portsKnown() {
        return outPort != null && inPort != null;
    }

    /** Returns the lane with the present ports. */
    public Lane at(
            @Nullable PortNumber outNow,
            @Nullable PortLocator outCalled,
            @Nullable PortNumber inNow,
            @Nullable PortLocator inCalled) {
        return Objects.equals(outNow, outPort)
                        && Objects.equals(inNow, inPort)
                        && Objects.equals(outCalled, outLocator)
                        && Objects.equals(inCalled, inLocator)
                ? this
                : new Lane(link, label, outNow, outCalled, inNow, inCalled);
    }

    @JsonCreator
    public static Lane of(String text) {
        // Neither names nor labels nor locators have a slash.
        int first = text.indexOf('/');
        int second = text.indexOf('/', first + 1);
        int third = text.indexOf('/', second + 1);
        if (first < 0 || second < 0 || third < 0 || text.indexOf('/', third + 1) >= 0) {
            throw new IllegalArgumentException(
                    "The lane (%s) must be a link, a label and two ports, such as link-ac/vlan:100/to-c=2/to-a=1."
                            .formatted(text));
        }
        int out = equalsSign(text, second + 1, third);
        int in = equalsSign(text, third + 1, text.length());
        return new Lane(
                LINKS.of(text.substring(0, first)),
                Label.of(text.substring(first + 1, second)),
                number(text, out + 1, third),
                locator(text, second + 1, out),
                number(text, in + 1, text.length()),
                locator(text, third + 1, in));
    }

    /** A locator may contain an equals sign, a number cannot: the last one separates them. */
    private static int equalsSign(String lane, int from, int to) {
        int found = lane.lastIndexOf('=', to - 1);
        if (found < from) {
            throw new IllegalArgumentException(
                    "The port (%s) of the lane %s must be a locator and a number, such as to-c=2."
                            .formatted(lane.substring(from, to), lane));
        }
        return found;
    }

    private static @Nullable PortNumber number(String lane, int from, int to) {
        return from == to ? null : PortNumber.of(Long.parseLong(lane, from, to, 10));
    }

    private static @Nullable PortLocator locator(String lane, int from, int to) {
        return from == to ? null : LOCATORS.of(lane.substring(from, to));
    }

    @JsonValue
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(link.length() + 48);
        text.append(link).append('/');
        label.appendTo(text);
        text.append('/');
        append(outLocator, outPort, text);
        text.append('/');
        append(inLocator, inPort, text);
        return text.toString();
    }

    private static void append(@Nullable PortLocator locator, @Nullable PortNumber port, StringBuilder text) {
        if (locator != null) {
            text.append(locator.text());
        }
        text.append('=');
        if (port != null) {
            text.append(port.value());
        }
    }
}
