package gatehouse.templates;

import java.util.Map;

/**
 * One thing that can be chosen.
 *
 * @param value as the contract and the page show it
 * @param items the {@code param::} variables it binds, and the words this family of phones uses
 */
public record Option(String value, Map<String, String> items) {
    public Option {
        items = Map.copyOf(items);
    }
}
