package gatehouse.hunting;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What clearing a field means where it cannot be without a value: it goes back to its default, so that what is shown is what holds. */
public final class Defaults {
    private Defaults() {
    }

    /** A copy of {@code body} with the default in the place of each null that has one. */
    public static ObjectNode inPlaceOfNulls(ObjectNode body, ObjectNode defaults) {
        var filled = body.deepCopy();
        defaults.properties().stream().filter(field -> filled.path(field.getKey()).isNull()).forEach(field ->
                filled.set(field.getKey(), field.getValue()));
        return filled;
    }
}
