package org.descope4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WireTest {

    /** JSON-B hashes what it writes, and Java 17 keeps the class that such a hash code looked at last (JDK-8078641). */
    @Test
    void K20_no_hash_code_of_a_request_that_java_makes_looks_at_a_class_of_ours() throws NoSuchMethodException {
        List<Class<?>> requests = Arrays.stream(Wire.class.getDeclaredClasses())
                .filter(type -> type.getSimpleName().endsWith("Request"))
                .toList();
        assertThat(requests).hasSizeGreaterThan(5);

        for (Class<?> request : requests) {
            assertThat(holdsClassOfOurs(request) && isHashCodeMadeByJava(request))
                    .as(request.getSimpleName())
                    .isFalse();
        }
    }

    /** Two of one hash code in a set are compared, by an equals that Java makes. */
    @Test
    void K20_an_access_key_request_has_not_the_hash_code_of_its_options() {
        Wire.AccessKeyOptions options = new Wire.AccessKeyOptions(null, "tenant");

        assertThat(new Wire.AccessKeyRequest(options)).doesNotHaveSameHashCodeAs(options);
    }

    private static boolean holdsClassOfOurs(Class<?> request) {
        return Arrays.stream(request.getRecordComponents())
                .anyMatch(component -> component.getType().getName().startsWith("org.descope4j."));
    }

    /** What the compiler writes is final. */
    private static boolean isHashCodeMadeByJava(Class<?> request) throws NoSuchMethodException {
        Method hashCode = request.getDeclaredMethod("hashCode");
        return Modifier.isFinal(hashCode.getModifiers());
    }
}
