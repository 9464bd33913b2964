package org.descope4j.it;

import java.net.URI;

/** What a person does with a browser and sees in it. */
public interface Browser extends AutoCloseable {

    /** Goes to an address, as if it were typed. */
    void open(URI address);

    /** Follows the first link with this text. */
    void follow(String link);

    /** Types into the field of this name. */
    void type(String field, String text);

    /** Presses the button with this text. */
    void press(String button);

    /** Shows the page again. */
    void reload();

    /** Where the browser is. */
    URI address();

    /** What can be read on the page. */
    String text();

    /** Whether there is a cookie of this name for the page. */
    boolean hasCookie(String name);

    /** Drops a cookie, as the browser itself does when its time is over. */
    void dropCookie(String name);

    /** Keeps pictures of the page, if this browser draws at all. */
    void keepPictures(String name);

    @Override
    void close();
}
