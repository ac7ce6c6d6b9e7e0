package org.telephonystack.simulator.vendor;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Walks a typed event of openai-java: a field the vendor does not know lies in some object's `_additionalProperties()`.
public final class AdditionalProperties {

    private AdditionalProperties() {}

    public static void assertNoneIn(Object event) throws ReflectiveOperationException {
        walk(event, event.getClass().getSimpleName());
    }

    private static void walk(Object value, String path) throws ReflectiveOperationException {
        switch (value) {
            case Optional<?> optional -> {
                if (optional.isPresent()) {
                    walk(optional.get(), path);
                }
            }
            case Collection<?> elements -> {
                for (Object element : elements) {
                    walk(element, path + "[]");
                }
            }
            case Object object when object.getClass().getName().startsWith("com.openai.models") ->
                    walkModel(object, path);
            default -> {}
        }
    }

    private static void walkModel(Object model, String path) throws ReflectiveOperationException {
        for (Method method : model.getClass().getMethods()) {
            boolean isGetter =
                    method.getParameterCount() == 0
                            && !Modifier.isStatic(method.getModifiers())
                            && method.getDeclaringClass() == model.getClass();
            if (!isGetter || isUnionCaseOfAnother(model, method)) {
                continue;
            }
            if (method.getName().equals("_additionalProperties")) {
                // Tool schemas and metadata are open objects by design.
                if (!path.endsWith(".parameters") && !path.endsWith(".metadata")) {
                    Set<Object> unknown =
                            new HashSet<>(((Map<?, ?>) method.invoke(model)).keySet());
                    unknown.removeAll(allowed(path));
                    if (!unknown.isEmpty()) {
                        throw new AssertionError(path + " has " + unknown);
                    }
                }
            } else if (isValue(method)) {
                walk(method.invoke(model), path + "." + method.getName());
            }
        }
    }

    /// The vendor types the session of a server's events as the one a client asks for; the published description gives it
    /// what a client cannot choose, too. And the simulated model adds a field to some deltas on purpose.
    private static Set<String> allowed(String path) {
        if (path.matches("RealtimeServerEvent\\.session(Created|Updated)\\.session\\.\\w+")) {
            return Set.of("id", "object", "expires_at");
        }
        return path.equals("RealtimeServerEvent.responseOutputAudioDelta")
                ? Set.of("obfuscation")
                : Set.of();
    }

    private static boolean isValue(Method method) {
        String type = method.getReturnType().getName();
        return !method.getName().startsWith("_")
                && !method.getName().startsWith("as")
                && !method.getName().equals("validate")
                && !method.getName().equals("toBuilder")
                && (type.startsWith("com.openai.models")
                        || type.equals("java.util.Optional")
                        || type.equals("java.util.List"));
    }

    /// Unions also offer their cases as Optionals; those of other cases are empty and need no look.
    private static boolean isUnionCaseOfAnother(Object model, Method method) {
        return method.getName().equals("accept")
                || method.getName().equals("known")
                || model.getClass().isEnum();
    }
}
