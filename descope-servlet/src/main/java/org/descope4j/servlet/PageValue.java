package org.descope4j.servlet;

/** What a value from outside must go through before it is encoded into a page. */
final class PageValue {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private PageValue() {}

    /**
     * The text without what steers instead of being seen: control characters, bidirectional overrides, line separators,
     * lone surrogates. The two joiners stay, because names in Persian and Hindi need them.
     */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().filter(PageValue::isVisible).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    /**
     * A path on this host. A foreign host or a {@code javascript:} URL is a bug of the caller; so is a tab or a line break,
     * which browsers drop before they look for {@code //} (URL Standard, basic URL parser).
     */
    static String requirePath(String path) {
        boolean foreign = !path.startsWith("/") || path.startsWith("//") || path.startsWith("/\\");
        if (foreign || path.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "A page links and posts only to a path of its own host, starting with one / and without control characters");
        }
        return path;
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }
}
