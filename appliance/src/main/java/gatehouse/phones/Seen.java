package gatehouse.phones;

import gatehouse.registrations.Binding;
import java.util.Locale;

/**
 * Where a phone was when we last heard of it, and what it said it was.
 *
 * @param instanceId RFC 5626's instance, which many phones make of their MAC; empty for none
 * @param mac        from a header of its own; empty for none
 */
public record Seen(String ip, String userAgent, String instanceId, String mac) {
    /** Where and as what it is registered. */
    public static Seen of(Binding binding) {
        return new Seen(binding.flow().host(), binding.userAgent(), binding.instanceId(), binding.mac());
    }

    static Seen of(Fetch fetch) {
        return new Seen(fetch.address(), fetch.userAgent(), "", "");
    }

    /** Whether it says that this is its MAC. */
    public boolean names(String otherMac) {
        return mac.equals(otherMac) || holds(userAgent, otherMac) || holds(instanceId, otherMac);
    }

    private static boolean holds(String text, String otherMac) {
        return text.replaceAll("[:\\-]", "").toLowerCase(Locale.ROOT).contains(otherMac);
    }
}
