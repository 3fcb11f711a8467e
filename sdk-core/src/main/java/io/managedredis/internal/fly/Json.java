package io.managedredis.internal.fly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON as trees: fields that are not asked for do no harm. */
final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    /** An answer whose parts are not what the interface promises. */
    static final class ShapeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ShapeException(String message) {
            super(message);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static byte[] write(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The tree, or null where the bytes are no JSON. */
    static @Nullable JsonNode read(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException notJson) {
            return null;
        }
    }

    static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The object or list in a field. */
    static JsonNode child(JsonNode parent, String field) {
        JsonNode child = parent.path(field);
        if (!child.isContainerNode()) {
            throw new ShapeException("'" + field + "' is missing");
        }
        return child;
    }

    static String text(JsonNode parent, String field) {
        String text = textOrNull(parent, field);
        if (text == null) {
            throw new ShapeException("'" + field + "' is missing");
        }
        return text;
    }

    /** The text or number in a field, or null where there is none. */
    static @Nullable String textOrNull(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    static @Nullable Double numberOrNull(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        return value.isNumber() ? value.doubleValue() : null;
    }

    static boolean flag(JsonNode parent, String field) {
        return parent.path(field).asBoolean(false);
    }

    /** The fields of an object as plain values; empty where it is no object. */
    static Map<String, @Nullable Object> values(JsonNode object) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        object.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
        return values;
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isObject()) {
            return values(node);
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>(node.size());
            node.forEach(element -> list.add(value(element)));
            return list;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isNull() ? null : node.asText();
    }
}
