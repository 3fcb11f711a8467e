package io.managedredis.testing.internal.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a fault can be told beside where it happens.
 *
 * @param name the field
 * @param label what people read
 * @param unit behind the value; blank for none
 * @param usual what stands in the form at first; blank where nothing means "no such"
 * @param min the least, of a number
 * @param max the most, of a number; 0 where it is text
 * @param choices what may be picked; empty for free input
 */
record Parameter(String name, String label, String unit, String usual, int min, int max, List<String> choices) {

    static final int LONGEST_TEXT = 200;

    private static final int ONE_HOUR_MILLIS = 3_600_000;

    static Parameter millis(String name, String label, int usual) {
        return number(name, label, "ms", Integer.toString(usual), 0, ONE_HOUR_MILLIS);
    }

    static Parameter number(String name, String label, String unit, String usual, int min, int max) {
        return new Parameter(name, label, unit, usual, min, max, List.of());
    }

    static Parameter text(String name, String label, String usual) {
        return new Parameter(name, label, "", usual, 0, 0, List.of());
    }

    static Parameter choice(String name, String label, List<String> choices) {
        return new Parameter(name, label, "", "", 0, 0, choices);
    }

    boolean isNumber() {
        return max > 0;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("label", label);
        map.put("unit", unit);
        map.put("usual", usual);
        if (isNumber()) {
            map.put("min", min);
            map.put("max", max);
        }
        if (!choices.isEmpty()) {
            map.put("choices", choices);
        }
        return map;
    }
}
