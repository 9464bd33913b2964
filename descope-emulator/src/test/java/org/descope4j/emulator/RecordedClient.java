package org.descope4j.emulator;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Notes which method of Descope's Java SDK makes which calls, and whether it comes back. The SDK itself is untouched. */
final class RecordedClient {
    private final DescopeEmulator emulator;
    private final ClientTable.Column column = new ClientTable.Column();
    private final Set<String> methods = new TreeSet<>();

    RecordedClient(DescopeEmulator emulator) {
        this.emulator = emulator;
    }

    <S> S of(Class<S> service, S original) {
        InvocationHandler recorder = (proxy, method, arguments) -> {
            String name = service.getSimpleName() + "." + method.getName();
            methods.add(name);
            int before = emulator.requests().size();
            boolean isOk = false;
            try {
                Object result = method.invoke(original, arguments);
                isOk = true;
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                note(name, before, isOk);
            }
        };
        return service.cast(Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service}, recorder));
    }

    ClientTable.Column column() {
        return column;
    }

    /** All methods that were called, those too that asked the emulator nothing. */
    Set<String> methods() {
        return methods;
    }

    private void note(String method, int before, boolean isOk) {
        List<RecordedRequest> requests = emulator.requests();
        requests.subList(before, requests.size())
                .forEach(request -> column.note(
                        request.method() + " " + request.path().replace(emulator.projectId(), "{projectId}"),
                        method,
                        isOk));
    }
}
