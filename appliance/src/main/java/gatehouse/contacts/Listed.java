package gatehouse.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A contact as a phone's display lists it: a name, and numbers that can be dialled, in the order in which a person would try them. */
public record Listed(String name, List<Number> numbers) {
    /** Where a number rings. */
    public enum Place { WORK, MOBILE, HOME, OTHER }

    public record Number(Place place, String text) { }

    public Listed {
        numbers = List.copyOf(numbers);
    }

    /** Faxes are left out: nobody talks to one. */
    static Listed of(ObjectNode contact) {
        var numbers = new ArrayList<Number>();
        add(numbers, contact, Place.WORK, "business", "business2");
        add(numbers, contact, Place.MOBILE, "mobile_phone", "mobile_phone2");
        add(numbers, contact, Place.HOME, "home_phone", "home_phone2");
        add(numbers, contact, Place.OTHER, "other");
        var name = contact.path("name").asText("").strip();
        return new Listed(name.isEmpty() ? contact.path("company").asText("").strip() : name, numbers);
    }

    private static void add(List<Number> numbers, ObjectNode contact, Place place, String... fields) {
        for (var field : fields) {
            var text = dialled(contact.path(field).asText(""));
            if (!text.isEmpty()) {
                numbers.add(new Number(place, text));
            }
        }
    }

    /** Without what people write between digits; what is no telephone number, such as a SIP address, stays as it is. */
    private static String dialled(String written) {
        var text = written.strip();
        var bare = (text.startsWith("+") || text.startsWith("00") ? text.replace("(0)", "") : text).replaceAll("[\\s\u00a0\u2010\u2011\u2013./()-]", "");
        return bare.matches("\\+?[0-9*#]+") ? bare : text;
    }
}
