package org.descope4j.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A service that publishes keys, counts who asks, and can be down or slow. */
final class KeyService implements KeyFetcher {

    private final List<Thread> callers = new CopyOnWriteArrayList<>();
    private volatile byte[] document;
    private volatile boolean isDown;
    private volatile CountDownLatch asked = new CountDownLatch(0);
    private volatile CountDownLatch released = new CountDownLatch(0);

    KeyService(SigningKey... keys) {
        document = SigningKey.document(keys);
    }

    void publish(SigningKey... keys) {
        document = SigningKey.document(keys);
    }

    void publish(byte[] bytes) {
        document = bytes.clone();
    }

    void goDown() {
        isDown = true;
    }

    void comeUp() {
        isDown = false;
    }

    void hang() {
        asked = new CountDownLatch(1);
        released = new CountDownLatch(1);
    }

    void awaitCall() throws InterruptedException {
        asked.await();
    }

    void release() {
        released.countDown();
    }

    /** Who has asked, in order. */
    List<Thread> callers() {
        return callers;
    }

    @Override
    public byte[] fetch() {
        callers.add(Thread.currentThread());
        asked.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeysUnavailableException("interrupted", e);
        }
        if (isDown) {
            throw new KeysUnavailableException("the service is down");
        }
        return document.clone();
    }
}
