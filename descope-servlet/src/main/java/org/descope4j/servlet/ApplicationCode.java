package org.descope4j.servlet;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The border to what an application brings along: whatever its code throws, errors and undeclared exceptions too, ends here, and so does a
 * null where an answer is due. Nothing of it reaches the container, which would answer 500 without our headers. An interruption that the
 * application met, or made, is the application's too: with the thread's flag up, neither Descope could be asked to revoke anything nor
 * would the answer be written. Stateless.
 */
final class ApplicationCode {
    private static final Logger LOG = System.getLogger(ApplicationCode.class.getName());

    private ApplicationCode() {}

    /** Says that the application's code failed; what happened is in the log already. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedException(String what) {
            super(what + " of the application failed");
        }
    }

    /**
     * What the application answers.
     *
     * @param what failed, for the log, such as {@code SignInHandler.decide}
     * @throws FailedException if it throws anything, or answers null
     */
    static <T> T ask(String what, Supplier<? extends @Nullable T> question) {
        T answer;
        boolean isInterrupted = Thread.currentThread().isInterrupted();
        try {
            answer = question.get();
        } catch (Throwable e) {
            throw failed(what, e);
        } finally {
            dropInterruption(isInterrupted);
        }
        if (answer == null) {
            throw failed(what, new NullPointerException(what + " returned null"));
        }
        return answer;
    }

    /**
     * Tells the application something.
     *
     * @throws FailedException if it throws anything
     */
    static void tell(String what, Runnable message) {
        boolean isInterrupted = Thread.currentThread().isInterrupted();
        try {
            message.run();
        } catch (Throwable e) {
            throw failed(what, e);
        } finally {
            dropInterruption(isInterrupted);
        }
    }

    private static void dropInterruption(boolean wasThereBefore) {
        if (!wasThereBefore && Thread.interrupted()) {
            LOG.log(Level.DEBUG, "Code of the application left its thread interrupted");
        }
    }

    private static FailedException failed(String what, Throwable failure) {
        LOG.log(Level.ERROR, what + " of the application failed", failure);
        return new FailedException(what);
    }
}
