package gatehouse.mail;

import java.util.List;
import java.util.Optional;

/**
 * One message to one address.
 *
 * @param id   the same at each try, so that a server that got it twice can tell
 * @param from what the reader sees as its sender: a name, an address, or {@code Name <address>}; empty for the account's own address
 * @param html the same as {@code text}, where there is more than plain text
 */
public record Mail(String id, String from, String to, String subject, String text, Optional<String> html, List<Attachment> attachments) {
    /** @param name a file's name; @param type its media type */
    public record Attachment(String name, String type, byte[] bytes) { }

    public Mail {
        attachments = List.copyOf(attachments);
    }
}
