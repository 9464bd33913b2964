package org.descope4j.servlet;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.stream.Stream;

/** An application in which {@code descope.auto-register} is {@code false}, and nobody declared or installed a filter of ours (N8). */
final class NoFilters {
    private static final List<SettingKey> PROTECTING =
            List.of(SettingKey.PROTECTED_PATHS, SettingKey.FRESH_PATHS, SettingKey.ONLINE_CHECK_PATHS);

    private NoFilters() {}

    /**
     * Lets applications go on that installed the filters, and those that use our classes and let nobody sign in.
     *
     * @throws IllegalArgumentException if the configuration protects something: nothing would
     */
    static void requireNothingProtected(ServletContext context) {
        if (SignInApplication.find(context).isPresent()) {
            return;
        }
        SettingValues values = SettingSources.of(context, List.of()).values();
        Stream<SettingKey> paths =
                PROTECTING.stream().filter(key -> !values.list(key).isEmpty());
        Stream<SettingKey> constraints = Stream.of(SettingKey.CONTAINER_SECURITY)
                .filter(key -> values.find(key).isPresent() && values.flag(key));
        List<String> said = Stream.concat(paths, constraints)
                .map(key -> key.key() + " (" + values.source(key).orElse("default") + ")")
                .toList();
        if (!said.isEmpty()) {
            throw new IllegalArgumentException("Nothing protects what " + said + " names: "
                    + SettingKey.AUTO_REGISTER.key()
                    + "=false, and neither does web.xml declare SessionFilter and MagicLinkFilter, nor did a listener of"
                    + " web.xml call DescopeFilters.install. Do one of these, or remove "
                    + SettingKey.AUTO_REGISTER.key() + "=false, or, if nobody shall sign in here, those keys");
        }
    }
}
