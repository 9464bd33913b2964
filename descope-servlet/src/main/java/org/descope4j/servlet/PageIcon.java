package org.descope4j.servlet;

import org.descope4j.DeliveryMethod;

/** A drawing at the head of a page; decoration, hidden from screen readers. */
enum PageIcon {
    ENVELOPE("<rect x=\"3\" y=\"5\" width=\"18\" height=\"14\" rx=\"3\"/><path d=\"m4.5 8.5 7.5 5 7.5-5\"/>"),
    SPEECH_BUBBLE(
            "<path d=\"M6 4.5h12a3 3 0 0 1 3 3V14a3 3 0 0 1-3 3h-6.5L7 20.5V17H6a3 3 0 0 1-3-3V7.5a3 3 0 0 1 3-3z\"/>"
                    + "<path d=\"M8 10.75h.01M12 10.75h.01M16 10.75h.01\"/>"),
    PERSON(
            "<circle cx=\"12\" cy=\"8\" r=\"3.75\"/><path d=\"M4.75 20c.7-3.7 3.6-5.75 7.25-5.75s6.55 2.05 7.25 5.75\"/>"),
    DOOR("<path d=\"M13.5 4H7.75A2.75 2.75 0 0 0 5 6.75v10.5A2.75 2.75 0 0 0 7.75 20h5.75\"/>"
            + "<path d=\"M10.5 12H20m-3.5-3.5L20 12l-3.5 3.5\"/>"),
    CHECK_MARK("<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"m8 12.4 2.8 2.8L16 9.6\"/>"),
    CLOCK("<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M12 7v5l3.25 2\"/>"),
    EXCLAMATION("<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M12 7.5v5.25M12 16.25h.01\"/>"),
    CLOUD("<path d=\"M7.25 18.5h9.5a4.25 4.25 0 0 0 .6-8.46 5.75 5.75 0 0 0-11.1 1.4 3.6 3.6 0 0 0 1 7.06z\"/>");

    private final String drawing;

    PageIcon(String drawing) {
        this.drawing = drawing;
    }

    /** For a message that was sent this way. */
    static PageIcon of(DeliveryMethod method) {
        return method == DeliveryMethod.EMAIL ? ENVELOPE : SPEECH_BUBBLE;
    }

    String svg() {
        return "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">" + drawing
                + "</svg>";
    }
}
