package org.descope4j.recorded;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A vector on the list of differences: we do otherwise than the recorded client, on purpose.
 *
 * @param rule the ID of the rule or the decision behind it
 * @param ours what we do instead, as {@link Played#ours()} says it
 */
record Difference(String rule, String ours) {
    /** By the IDs of the calls. */
    static Map<String, Difference> all() {
        Map<String, Difference> all = new LinkedHashMap<>();
        for (JsonObject group : Recording.object("../differences.json")
                .getJsonArray("differences")
                .getValuesAs(JsonObject.class)) {
            Difference difference = new Difference(group.getString("rule"), group.getString("ours"));
            for (JsonString call : group.getJsonArray("calls").getValuesAs(JsonString.class)) {
                if (all.put(call.getString(), difference) != null) {
                    throw new IllegalStateException("Twice on the list: " + call);
                }
            }
        }
        return all;
    }
}
