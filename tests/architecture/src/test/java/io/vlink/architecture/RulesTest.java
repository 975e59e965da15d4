package io.vlink.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.vlink.architecture.sample.one.One;
import io.vlink.architecture.sample.two.Two;
import io.vlink.architecture.sample.unmarked.Unmarked;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** Every rule finds its violation and accepts a class without one. */
class RulesTest {

    private static final ArchRule PURE = noClasses().should(PureCode.HAVE_IO_THREADS_OR_CLOCKS);

    record Harmless(Instant at, String text) {}

    record ThingManager() {}

    record IThing() {}

    record AbstractThing() {}

    record Logging(Level level) {}

    static class Printing {
        void print() {
            System.out.println();
        }
    }

    static class Injected {
        @Inject
        String setting;
    }

    record Clocked(Clock clock) {}

    static class Timed {
        Instant at() {
            return Instant.now();
        }
    }

    static class Measured {
        long at() {
            return System.nanoTime();
        }
    }

    record Threaded(Thread thread) {}

    record Waiting(CountDownLatch latch) {}

    record Stored(Path file) {}

    @Test
    void refusesNamesThatFitAnyClass() {
        assertThat(accepts(CodeRules.NAMES_SAY_WHAT_A_CLASS_IS, ThingManager.class))
                .isFalse();
        assertThat(accepts(CodeRules.NAMES_SAY_WHAT_A_CLASS_IS, IThing.class)).isFalse();
        assertThat(accepts(CodeRules.NAMES_SAY_WHAT_A_CLASS_IS, AbstractThing.class))
                .isFalse();
        assertThat(accepts(CodeRules.NAMES_SAY_WHAT_A_CLASS_IS, Harmless.class)).isTrue();
    }

    @Test
    void refusesPackagesThatKnowEachOther() {
        assertThat(accepts(CodeRules.PACKAGES_HAVE_NO_CYCLES, One.class, Two.class))
                .isFalse();
        assertThat(accepts(CodeRules.PACKAGES_HAVE_NO_CYCLES, One.class, Harmless.class))
                .isTrue();
    }

    @Test
    void refusesPackagesThatAreNotNullMarked() {
        assertThat(accepts(CodeRules.PACKAGES_ARE_NULL_MARKED, Unmarked.class)).isFalse();
    }

    @Test
    void refusesInjectedFields() {
        assertThat(accepts(CodeRules.BEANS_ARE_MADE_BY_CONSTRUCTORS, Injected.class))
                .isFalse();
        assertThat(accepts(CodeRules.BEANS_ARE_MADE_BY_CONSTRUCTORS, Harmless.class))
                .isTrue();
    }

    @Test
    void refusesJavaUtilLogging() {
        assertThat(accepts(CodeRules.LOGS_GO_THROUGH_A_FACADE, Logging.class)).isFalse();
        assertThat(accepts(CodeRules.LOGS_GO_THROUGH_A_FACADE, Harmless.class)).isTrue();
    }

    @Test
    void refusesPrintedTextOutsideOfMain() {
        assertThat(accepts(CodeRules.ONLY_MAIN_PRINTS, Printing.class)).isFalse();
        assertThat(accepts(CodeRules.ONLY_MAIN_PRINTS, Harmless.class)).isTrue();
    }

    @Test
    void refusesClocksThreadsAndFilesInTheCore() {
        for (Class<?> edge :
                new Class<?>[] {Clocked.class, Timed.class, Measured.class, Threaded.class, Waiting.class, Stored.class
                }) {
            assertThat(accepts(PURE, edge)).as(edge.getSimpleName()).isFalse();
        }
        assertThat(accepts(PURE, Harmless.class)).isTrue();
    }

    private static boolean accepts(ArchRule rule, Class<?>... classes) {
        return !rule.evaluate(new ClassFileImporter().importClasses(classes)).hasViolation();
    }
}
