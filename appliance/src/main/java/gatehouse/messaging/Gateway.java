package gatehouse.messaging;

import gatehouse.remote.RemoteFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How one provider takes messages and tells of them. Thread-safe. */
interface Gateway {
    /**
     * Hands over a message. @param webhook where the provider may tell what became of it
     *
     * @return the provider's id of it; @throws RemoteFailure when it was not taken
     */
    String send(Channel channel, String to, String text, String webhook) throws RemoteFailure;

    /** A call of the channel's webhook. @param headers by lower-case name; @param urls how the provider may have called it */
    record Told(Map<String, String> headers, byte[] body, List<String> urls) { }

    /** What a webhook's call says. @throws NotTheirs when the provider did not sign it */
    List<News> read(Channel channel, Told told) throws NotTheirs;

    /** What a provider tells. */
    sealed interface News {
        record Came(String providerId, String sender, String senderName, String receiver, String content) implements News { }

        /** @param delivery DELIVERED or ERR */
        record Became(String providerId, Message.Delivery delivery, String reason) implements News { }
    }

    /** Somebody else called. */
    final class NotTheirs extends Exception {
        NotTheirs(String message) {
            super(message);
        }
    }

    /** The one that speaks for a channel; empty for a provider whose ways this box does not know. */
    static Optional<Gateway> of(Channel channel, gatehouse.remote.RemoteApi remote) {
        if (channel.type() == Channel.Type.WHATSAPP) {
            return Optional.of(new WhatsApp(remote));
        }
        var brand = channel.brand().toLowerCase(Locale.ROOT);
        return brand.contains("twilio") ? Optional.of(new Twilio(remote)) : brand.contains("telnyx") ? Optional.of(new Telnyx(remote)) : Optional.empty();
    }
}
