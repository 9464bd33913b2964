package org.descope4j.test;

import jakarta.enterprise.context.RequestScoped;

/** A bean of an application, one for each request. */
@RequestScoped
class VisitCounter {
    private int visits;

    int count() {
        return ++visits;
    }
}
