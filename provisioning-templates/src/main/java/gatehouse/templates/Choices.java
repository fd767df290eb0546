package gatehouse.templates;

import java.util.Arrays;
import java.util.Optional;

/**
 * What somebody may choose for a phone. A template lists the options its family has; choosing one binds the template's
 * {@code %%param::…%%} variables to the words the phone itself uses.
 */
public enum Choices {
    LANGUAGES("languages", "language"),
    RINGTONES("ringtones", "ringtone"),
    QUEUE_RINGTONES("queue_ringtones", "queue_ringtone"),
    EXTERNAL_RINGTONES("external_ringtones", "external_ringtone"),
    DATE_FORMATS("date_formats", "date_format"),
    TIME_FORMATS("time_formats", "time_format"),
    POWERLEDS("powerleds", "powerled"),
    BACKLIGHTS("backlights", "backlight"),
    SCREENSAVERS("screensavers", "screensaver"),
    TIME_ZONES("time_zones", "timezone"),
    TRANSFERS("transfers", "transfer"),
    TRANSPORTS("transports", "preferred_transport"),
    CODECS("codecs", "codecs");

    private final String element;
    private final String field;

    Choices(String element, String field) {
        this.element = element;
        this.field = field;
    }

    /** Its element in a template's header. */
    public String element() {
        return element;
    }

    /** The field of a phone, in the contract's words, that holds the chosen value. */
    public String field() {
        return field;
    }

    static Optional<Choices> byElement(String element) {
        return Arrays.stream(values()).filter(choices -> choices.element.equals(element)).findFirst();
    }
}
