package org.descope4j.emulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.descope4j.emulator.DescopeEmulator;
import org.descope4j.emulator.NewUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The extension as JUnit itself runs it: the nested classes named Sample are run by these tests, not by the build. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WithDescopeEmulatorTest {
    private static final List<DescopeEmulator> SEEN = new ArrayList<>();

    @AfterEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void one_emulator_is_handed_to_all_who_ask_for_it_and_reset_before_each_test() {
        Events tests = run(SampleOfParameters.class);

        tests.assertStatistics(statistics -> statistics.started(4).succeeded(4));
        assertThat(SEEN).hasSizeGreaterThan(4).allMatch(emulator -> emulator == SEEN.get(0));
    }

    @Test
    void it_is_closed_after_the_last_test() {
        run(SampleOfParameters.class);
        int port = SEEN.get(0).baseUri().getPort();

        assertThat(catchThrowable(() -> new Socket(InetAddress.getLoopbackAddress(), port).close()))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void fields_are_set_those_of_a_superclass_and_of_an_enclosing_class_too() {
        run(SampleOfFields.class)
                .assertStatistics(statistics -> statistics.started(2).succeeded(2));

        assertThat(SEEN).hasSize(6).allMatch(emulator -> emulator == SEEN.get(0));
    }

    @Test
    void two_classes_have_two_emulators() {
        run(SampleOfParameters.class);
        run(SampleOfFields.class);

        assertThat(SEEN.stream().distinct()).hasSize(2);
    }

    @Test
    void settings_are_given_where_it_is_registered_by_hand() {
        run(SampleOfSettings.class)
                .assertStatistics(statistics -> statistics.started(1).succeeded(1));
    }

    @Test
    void a_field_of_another_type_is_refused_with_a_sentence() {
        run(SampleOfMistake.class)
                .assertThatEvents()
                .haveExactly(1, finishedWithFailure(message(text -> text.contains("a DescopeEmulator and not final"))));
    }

    private static Events run(Class<?> sample) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(sample))
                .execute()
                .testEvents();
    }

    @WithDescopeEmulator
    static class SampleOfParameters {
        SampleOfParameters(DescopeEmulator descope) {
            SEEN.add(descope);
        }

        @BeforeAll
        static void before(DescopeEmulator descope) {
            SEEN.add(descope);
            descope.users().add(NewUser.builder("before@example.com").build());
        }

        @BeforeEach
        void stage(DescopeEmulator descope) {
            descope.users().add(NewUser.builder("ana@example.com").build());
        }

        @Test
        void one(DescopeEmulator descope) {
            SEEN.add(descope);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void several(int number, DescopeEmulator descope) {
            SEEN.add(descope);
        }

        @Nested
        class Inner {
            @Test
            void nested(DescopeEmulator descope) {
                SEEN.add(descope);
                descope.users().add(NewUser.builder("before@example.com").build());
            }
        }
    }

    @SuppressWarnings("NullAway.Init") // the extension sets the fields
    static class SampleBase {
        @WithDescopeEmulator
        DescopeEmulator ofBase;
    }

    @SuppressWarnings("NullAway.Init") // the extension sets the fields
    static class SampleOfFields extends SampleBase {
        @WithDescopeEmulator
        static DescopeEmulator shared;

        @WithDescopeEmulator
        DescopeEmulator own;

        @Test
        void one() {
            SEEN.addAll(List.of(ofBase, shared, own));
        }

        @Nested
        class Inner {
            @Test
            void nested() {
                SEEN.addAll(List.of(ofBase, shared, own));
            }
        }
    }

    static class SampleOfSettings {
        @RegisterExtension
        static final DescopeEmulatorExtension DESCOPE =
                DescopeEmulatorExtension.of(DescopeEmulator.builder().managementKey("K2of-the-test"));

        @Test
        void one(DescopeEmulator descope) {
            assertThat(descope.managementKey()).isEqualTo("K2of-the-test");
        }
    }

    @SuppressWarnings("NullAway.Init") // the extension sets the fields
    static class SampleOfMistake {
        @WithDescopeEmulator
        String text;

        @Test
        void one() {}
    }
}
