package gatehouse.voicemail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox of several people, by its own number.
 *
 * @param prompt       the language it speaks; the box's own where none is chosen
 * @param needsPin     whether who dials it must know its PIN
 * @param emailNotify  whether the recipients are told of each message
 * @param playDatetime whether and how the time of each message is spoken; empty for not
 */
public record SharedVoicemail(String id, String name, String number, Optional<Locale> prompt, boolean needsPin, boolean emailNotify, List<String> recipients,
                              Optional<Clock> playDatetime) {
    /** How hours are spoken. */
    public enum Clock { TWELVE_HOURS, TWENTY_FOUR_HOURS }

    public Mailbox mailbox() {
        return new Mailbox.Shared(id);
    }
}
