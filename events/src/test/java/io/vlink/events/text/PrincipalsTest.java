package io.vlink.events.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrincipalsTest {

    private static final String PAIR = "\ud83d\ude00";

    @Test
    void acceptsNamesOfPeopleAndPrograms() {
        assertThat(new String[] {
                    "a",
                    "alice@example.org",
                    "CN=alice, O=\"Example\\, Inc.\"",
                    "system:serviceaccount:vlink:vlink-operator",
                    "Žofie Nováková",
                    "李",
                    PAIR,
                    "x".repeat(Principals.MAX_LENGTH),
                    PAIR.repeat(Principals.MAX_LENGTH)
                })
                .allMatch(Principals::isPrincipal);
    }

    @Test
    void refusesLongNames() {
        assertThat(Principals.isPrincipal("x".repeat(Principals.MAX_LENGTH + 1)))
                .isFalse();
        assertThat(Principals.isPrincipal(PAIR.repeat(Principals.MAX_LENGTH + 1)))
                .isFalse();
    }

    @Test
    void refusesNamesThatAreNotSafeToPrint() {
        assertThat(new String[] {
                    "",
                    " ",
                    " alice",
                    "alice ",
                    "alice\n",
                    "ali\tce",
                    "ali\0ce",
                    "\u001b[31malice",
                    "alice\u007f",
                    "alice\u009b",
                    "alice\u2028bob",
                    "\u202eecila",
                    "ali\u200bce",
                    "alice\ufeff",
                    "\ud800",
                    "alice\udc00",
                    "\ud83d alice"
                })
                .noneMatch(Principals::isPrincipal);
    }
}
