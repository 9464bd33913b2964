package org.descope4j.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.descope4j.Descope;
import org.descope4j.servlet.DescopePrincipal;

/** A bean of an application, one for all requests. */
@ApplicationScoped
class Greeter {
    @Inject
    DescopePrincipal principal;

    @Inject
    SignedInUser user;

    @Inject
    Descope descope;

    String greet() {
        return user.find().map(DescopePrincipal::displayName).orElse("nobody");
    }

    String name() {
        return principal.getName() + " " + principal.session().roles() + " "
                + principal.loginId().orElse("");
    }

    String describe() {
        return principal.toString();
    }

    /** What the injected principal says, and what that of the request says, to every question that can be asked of them. */
    Map<String, List<Object>> everything(DescopePrincipal ofRequest) throws ReflectiveOperationException {
        Map<String, List<Object>> answers = new TreeMap<>();
        for (Method question : DescopePrincipal.class.getMethods()) {
            if (question.getParameterCount() == 0
                    && !Modifier.isStatic(question.getModifiers())
                    && !question.getName().equals("hashCode")) {
                answers.put(question.getName(), List.of(question.invoke(principal), question.invoke(ofRequest)));
            }
        }
        return answers;
    }

    String keysAfterClosing() {
        descope.close();
        return keys();
    }

    String keys() {
        descope.validator().requireKeys();
        return "there";
    }

    /** As in a timer or a message listener: there is a request scope, and no request. */
    @ActivateRequestContext
    String greetInRequestScope() {
        return greet();
    }

    @ActivateRequestContext
    String keysInRequestScope() {
        return keys();
    }
}
