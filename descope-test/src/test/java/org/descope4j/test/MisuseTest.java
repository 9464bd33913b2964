package org.descope4j.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs test classes that are wrong, and reads what JUnit reports. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MisuseTest {

    @WithDescopeUser
    static class WantsUserTooEarly {
        @BeforeAll
        static void early(CurrentUser user) {
            assertThat(user).isNotNull();
        }

        @Test
        void nothing() {}
    }

    static class SaysBoth {
        @Test
        @WithDescopeUser
        @WithoutDescopeUser
        void nothing() {}
    }

    @Test
    void a_user_before_all_tests_is_refused_with_what_is_possible() {
        assertThat(failureOf(WantsUserTooEarly.class)).contains("from @BeforeEach on");
    }

    @Test
    void two_contradicting_annotations_are_refused() {
        assertThat(failureOf(SaysBoth.class)).contains("stand on one element", "nothing()");
    }

    private static String failureOf(Class<?> testClass) {
        Events events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .allEvents();
        return events.failed().stream()
                .map(event -> String.valueOf(event.getPayload()))
                .reduce("", String::concat);
    }
}
