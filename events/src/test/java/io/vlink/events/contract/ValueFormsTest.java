package io.vlink.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vlink.events.AttachmentId;
import io.vlink.events.Cookie;
import io.vlink.events.DatapathId;
import io.vlink.events.DottedRevision;
import io.vlink.events.Label;
import io.vlink.events.LinkPort;
import io.vlink.events.NetworkId;
import io.vlink.events.PortLocator;
import io.vlink.events.ResourceId;
import io.vlink.events.ShortCookie;
import io.vlink.events.SwitchPort;
import io.vlink.events.paths.Lane;
import io.vlink.events.rules.Action;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published form of a value matches its parser: printed values fit, and unparsable ones do not. */
class ValueFormsTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(ResourceId.class, (Function<String, Object>) ResourceId::of, List.of("a/b", "a.b/c-d")),
                Arguments.of(NetworkId.class, (Function<String, Object>) NetworkId::of, List.of("a/b/c")),
                Arguments.of(AttachmentId.class, (Function<String, Object>) AttachmentId::of, List.of("a/b/c/d")),
                Arguments.of(DatapathId.class, (Function<String, Object>) DatapathId::of, List.of("a", "ff:ff")),
                Arguments.of(LinkPort.class, (Function<String, Object>) LinkPort::of, List.of("a.b/3", "a/4294967040")),
                Arguments.of(SwitchPort.class, (Function<String, Object>) SwitchPort::of, List.of("a/3")),
                Arguments.of(Cookie.class, (Function<String, Object>) Cookie::of, List.of("0x1", "564c100000001000")),
                Arguments.of(
                        Lane.class,
                        (Function<String, Object>) Lane::of,
                        List.of("link-ac/vlan:1/to-c=2/=1", "a/vni:1/=/a=b=1")),
                Arguments.of(
                        ShortCookie.class,
                        (Function<String, Object>) ShortCookie::of,
                        List.of("17001", "0x564c200000000007", "1", "fffffffffff")),
                Arguments.of(
                        DottedRevision.class,
                        (Function<String, Object>) DottedRevision::of,
                        List.of("0.0.0", "4.1.2", "9223372036854775807.9223372036854775807.2147483647")),
                Arguments.of(
                        Action.class,
                        (Function<String, Object>) text -> Action.of(text).text(),
                        List.of(
                                "meter 1",
                                "meter 131071",
                                "push vlan:1",
                                "swap vni:16777215",
                                "pop",
                                "output 4294967040",
                                "back",
                                "group 65535",
                                "goto 2")),
                Arguments.of(Label.class, (Function<String, Object>) Label::of, List.of("vlan:1", "vni:16777215")),
                Arguments.of(PortLocator.class, (Function<String, Object>) PortLocator::of, List.of("to-c", "3")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void printedValuesFit(Class<?> type, Function<String, Object> parser, List<String> texts) {
        assertThat(texts)
                .allSatisfy(text -> assertThat(parser.apply(text).toString()).matches(form(type)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void unparsableValuesDoNotFit(Class<?> type, Function<String, Object> parser, List<String> texts) {
        for (String text :
                List.of("", " ", "/", "a//b", "A/b/c", "a/b/c/d/e", "x y", "\u00e4", "vlan:0", "vlan:4095")) {
            if (form(type).matcher(text).find()) {
                assertThat(parser.apply(text))
                        .as("(%s) as %s", text, type.getSimpleName())
                        .isNotNull();
            }
        }
    }

    @Test
    void fitsExactlyTheValidLabels() {
        // Given
        Pattern form = form(Label.class);

        // Then
        assertThat(IntStream.rangeClosed(0, 5_000)
                        .filter(i -> form.matcher("vlan:" + i).matches()))
                .hasSize(4094)
                .allMatch(i -> Label.of("vlan:" + i).value() == i);
        assertThat(IntStream.rangeClosed(0, 20_000_000)
                        .filter(i -> i % 977 == 0 || (i > 16_777_000 && i < 16_778_000) || i < 2)
                        .filter(i -> form.matcher("vni:" + i).matches() != (i >= 1 && i <= Label.LabelKind.VNI.max())))
                .isEmpty();
    }

    private static Pattern form(Class<?> type) {
        return Pattern.compile(new ObjectMapper()
                .valueToTree(ValueForms.of(type).orElseThrow())
                .path("pattern")
                .asText());
    }
}
