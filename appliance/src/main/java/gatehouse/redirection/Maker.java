package gatehouse.redirection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose redirect services the box speaks to. */
public enum Maker {
    YEALINK("Yealink"), SNOM("Snom"), GRANDSTREAM("Grandstream"), FANVIL("Fanvil"), HTEK("Htek");

    private final String label;

    Maker(String label) {
        this.label = label;
    }

    /** As the templates and a person spell it. */
    public String label() {
        return label;
    }

    /** In addresses of the API. */
    String path() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Maker> of(String text) {
        return Arrays.stream(values()).filter(maker -> maker.name().equalsIgnoreCase(text)).findFirst();
    }
}
