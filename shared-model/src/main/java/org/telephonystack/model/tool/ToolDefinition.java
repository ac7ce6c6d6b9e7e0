package org.telephonystack.model.tool;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A tool the model may call. The record of its parameters *is* the definition: the JSON schema for the model and the
/// validation of what the model sends both come from it.
///
/// A component is a `String`, `Integer` or `Boolean`; one of type `Optional<…>` may be left out.
///
/// @param name the function's name, which is also the `action` of the tool call
/// @param description for the model: what it does, when to call it, what to say meanwhile
public record ToolDefinition<P extends Record>(
        String name, String description, Class<P> parameters) {

    /// What reading a model's arguments comes to.
    public sealed interface Arguments<P> {
        record Valid<P>(P values) implements Arguments<P> {}

        /// @param problem for the log and the model, in English: which parameter, what is wrong
        record Invalid<P>(String problem) implements Arguments<P> {}
    }

    /// The flat function object of the Realtime API, always in the same order: the model's prompt cache works by bytes, and
    /// all pods share it.
    public Map<String, Object> schema() {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (RecordComponent component : parameters.getRecordComponents()) {
            Describe describe = describe(component);
            var property = new LinkedHashMap<String, Object>();
            Class<?> type = valueType(component);
            property.put("type", jsonType(type));
            property.put("description", describe.value());
            if (type == String.class) {
                property.put("maxLength", describe.maxLength());
            }
            properties.put(component.getName(), property);
            if (component.getType() != Optional.class) {
                required.add(component.getName());
            }
        }
        var object = new LinkedHashMap<String, Object>();
        object.put("type", "object");
        object.put("properties", properties);
        object.put("required", List.copyOf(required));
        object.put("additionalProperties", false);
        var function = new LinkedHashMap<String, Object>();
        function.put("type", "function");
        function.put("name", name);
        function.put("description", description);
        function.put("parameters", object);
        return function;
    }

    /// Reads what the model sent. Names nobody asked for are ignored: models add some, and callers of the original's
    /// contract send `phone`.
    public Arguments<P> read(Map<String, ?> given) {
        RecordComponent[] components = parameters.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            boolean optional = component.getType() == Optional.class;
            Object value = given.get(component.getName());
            if (value == null || (value instanceof String text && text.isBlank())) {
                if (!optional) {
                    return new Arguments.Invalid<>(component.getName() + " is missing");
                }
                values[i] = Optional.empty();
                continue;
            }
            Class<?> type = valueType(component);
            Object typed = type == Integer.class ? whole(value) : value;
            if (!type.isInstance(typed)) {
                return new Arguments.Invalid<>(component.getName() + " is no " + jsonType(type));
            }
            if (typed instanceof String text && text.length() > describe(component).maxLength()) {
                return new Arguments.Invalid<>(
                        component.getName()
                                + " is longer than "
                                + describe(component).maxLength()
                                + " characters");
            }
            values[i] = optional ? Optional.of(typed) : typed;
        }
        return new Arguments.Valid<>(instance(components, values));
    }

    /// JSON libraries give a whole number as `Integer`, `Long`, `Double` or a big one: an `Integer` where it is one, else as
    /// it came.
    private static Object whole(Object value) {
        return value instanceof Number number && number.doubleValue() == number.intValue()
                ? (Object) number.intValue()
                : value;
    }

    private P instance(RecordComponent[] components, Object[] values) {
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            var constructor = parameters.getDeclaredConstructor(types);
            constructor.trySetAccessible();
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(
                    "constructor of " + parameters.getName() + " refused", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + parameters.getName(), e);
        }
    }

    private static Describe describe(RecordComponent component) {
        Describe describe = component.getAnnotation(Describe.class);
        if (describe == null) {
            throw new IllegalStateException(component + " of a tool has no @Describe");
        }
        return describe;
    }

    private static Class<?> valueType(RecordComponent component) {
        if (component.getType() == Optional.class
                && component.getGenericType() instanceof ParameterizedType optional
                && optional.getActualTypeArguments()[0] instanceof Class<?> inner) {
            return inner;
        }
        return component.getType();
    }

    private static String jsonType(Class<?> type) {
        if (type == String.class) {
            return "string";
        }
        if (type == Integer.class) {
            return "integer";
        }
        if (type == Boolean.class) {
            return "boolean";
        }
        throw new IllegalStateException("a tool parameter cannot be a " + type.getName());
    }
}
