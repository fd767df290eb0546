package gatehouse.templates;

import java.util.List;
import java.util.Map;

/**
 * All that a template needs to know about one phone.
 *
 * @param model  one of the template's models
 * @param values variables of {@link Vocabulary}; what is absent is empty
 * @param chosen the option of each choice; one that is absent or unknown falls back to the template's default
 * @param codecs in order of preference, in the contract's words; those the template does not know are left out
 * @param keys   programmable keys
 * @param lines  the accounts of a phone that has several; one whose place the model has not is left out. When there is none, the account
 *               among {@code values} stands at the first place.
 */
public record Assignment(Model model, Map<String, String> values, Map<Choices, String> chosen, List<String> codecs, List<KeyLamp> keys, List<Line> lines) {
    public Assignment {
        values = Map.copyOf(values);
        chosen = Map.copyOf(chosen);
        codecs = List.copyOf(codecs);
        keys = List.copyOf(keys);
        lines = List.copyOf(lines);
    }

    /** A phone of one account. */
    public Assignment(Model model, Map<String, String> values, Map<Choices, String> chosen, List<String> codecs, List<KeyLamp> keys) {
        this(model, values, chosen, codecs, keys, List.of());
    }
}
