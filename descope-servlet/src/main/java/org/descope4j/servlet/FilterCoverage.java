package org.descope4j.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether our filters, where {@code web.xml} declares them, see every request that they are to protect (N8). What a filter does not see it
 * does not protect, and nothing would tell.
 */
final class FilterCoverage {
    private static final Set<DispatcherType> PROTECTED_DISPATCHES =
            EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
    private static final String REMEDY =
            ". In web.xml declare SessionFilter and behind it MagicLinkFilter, and map both to the"
                    + " url-pattern /*, SessionFilter with the dispatchers REQUEST, ASYNC and ERROR, as docs/configuration.md"
                    + " shows; or declare neither, and they register themselves";

    private final List<DeclaredFilter> ours;
    private final List<FilterMapping> mappings;

    private FilterCoverage(List<DeclaredFilter> ours, List<FilterMapping> mappings) {
        this.ours = ours;
        this.mappings = mappings;
    }

    /** @param ours as the container knows them; empty URL patterns where it did not tell */
    static FilterCoverage of(ServletContext context, List<DeclaredFilter> ours) {
        List<FilterMapping> mappings =
                new ArrayList<>(WebXmlFilters.ofWebXml(context).mappings());
        // a container leaves fragments out; a mapping in one of those counts for nothing
        WebXmlFilters.ofAll(context).mappings().stream()
                .skip(mappings.size())
                .filter(mapping -> ours.stream()
                        .anyMatch(filter -> filter.name().equals(mapping.filterName())
                                && filter.urlPatterns().containsAll(mapping.urlPatterns())))
                .forEach(mappings::add);
        // mapped by code, of which nothing tells for which dispatches
        for (DeclaredFilter filter : ours) {
            Set<String> written = mappings.stream()
                    .filter(mapping -> mapping.filterName().equals(filter.name()))
                    .flatMap(mapping -> mapping.urlPatterns().stream())
                    .collect(Collectors.toSet());
            Set<String> byCode = filter.urlPatterns().stream()
                    .filter(urlPattern -> !written.contains(urlPattern))
                    .collect(Collectors.toSet());
            if (!byCode.isEmpty()) {
                mappings.add(new FilterMapping(filter.name(), byCode, PROTECTED_DISPATCHES));
            }
        }
        return new FilterCoverage(ours, List.copyOf(mappings));
    }

    /**
     * Refuses filters that leave open what the settings protect, or that cannot sign anybody in.
     *
     * @throws IllegalArgumentException saying what is open, and how to declare the filters
     */
    void require(ServletSettings settings) {
        requireBoth();
        PathPattern ownPaths = settings.authPaths().all();
        requireThat(SessionFilter.class, ownPaths, DispatcherType.REQUEST, "the pages of signing in");
        requireThat(MagicLinkFilter.class, ownPaths, DispatcherType.REQUEST, "the pages of signing in");
        if (firstMapping(MagicLinkFilter.class, ownPaths) < firstMapping(SessionFilter.class, ownPaths)) {
            throw refusal("MagicLinkFilter is mapped in front of SessionFilter, which has to know the user first");
        }
        for (DispatcherType dispatcher : PROTECTED_DISPATCHES) {
            settings.protectedPaths()
                    .patterns()
                    .forEach(paths ->
                            requireThat(SessionFilter.class, paths, dispatcher, SettingKey.PROTECTED_PATHS.key()));
            settings.freshPaths()
                    .patterns()
                    .forEach(
                            paths -> requireThat(SessionFilter.class, paths, dispatcher, SettingKey.FRESH_PATHS.key()));
            settings.onlineCheckPaths()
                    .forEach(paths ->
                            requireThat(SessionFilter.class, paths, dispatcher, SettingKey.ONLINE_CHECK_PATHS.key()));
        }
    }

    private void requireBoth() {
        for (Class<?> filter : List.of(SessionFilter.class, MagicLinkFilter.class)) {
            if (ours.stream().noneMatch(declared -> declared.is(filter))) {
                throw refusal(filter.getSimpleName() + " is not declared, and "
                        + ours.stream().map(DeclaredFilter::name).toList() + " needs it");
            }
        }
    }

    private void requireThat(Class<?> filter, PathPattern paths, DispatcherType dispatcher, String what) {
        if (mappingsOf(filter).noneMatch(mapping -> mapping.covers(paths, dispatcher))) {
            throw refusal(filter.getSimpleName() + " is mapped in a way that leaves " + paths + " of " + what
                    + " out, in dispatches of the type " + dispatcher);
        }
    }

    private int firstMapping(Class<?> filter, PathPattern paths) {
        Predicate<FilterMapping> isIts = mapping -> mappingsOf(filter).anyMatch(mapping::equals);
        for (int i = 0; i < mappings.size(); i++) {
            if (isIts.test(mappings.get(i)) && mappings.get(i).covers(paths, DispatcherType.REQUEST)) {
                return i;
            }
        }
        return mappings.size();
    }

    private Stream<FilterMapping> mappingsOf(Class<?> filter) {
        Set<String> names = ours.stream()
                .filter(declared -> declared.is(filter))
                .map(DeclaredFilter::name)
                .collect(Collectors.toSet());
        return mappings.stream().filter(mapping -> names.contains(mapping.filterName()));
    }

    private static IllegalArgumentException refusal(String problem) {
        return new IllegalArgumentException(
                "The filters of magic-link sign-in would not protect this application: " + problem + REMEDY);
    }
}
