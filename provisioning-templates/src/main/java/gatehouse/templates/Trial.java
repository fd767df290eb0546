package gatehouse.templates;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A phone to try a template with: every value is there, every key and every place is taken. */
final class Trial {
    private static final String LONG = "x".repeat(64); // of a name; most values are shorter

    private Trial() {
    }

    static Assignment of(Template template, Model model) {
        var values = new HashMap<String, String>();
        Vocabulary.facts().stream().filter(name -> !Vocabulary.isOfLineAlone(name)).forEach(name -> values.put(name, LONG));
        values.put("mac_address", "001565aabbcc");
        values.put("provisioning_url", "http://192.0.2.10:8888/provision/" + LONG + "/");
        var kind = template.keyKinds().stream().findFirst().orElse("");
        var keys = IntStream.rangeClosed(1, Vocabulary.MOST_KEYS).mapToObj(position -> new KeyLamp(position, kind, LONG, LONG)).toList();
        var lines = IntStream.rangeClosed(1, model.lines()).mapToObj(place -> new Line(place, "0123456789", LONG, LONG, LONG, LONG)).toList();
        return new Assignment(model, values, Map.of(), List.of(), keys, model.dect() ? lines : List.of());
    }
}
