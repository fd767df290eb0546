package gatehouse.presence;

import gatehouse.core.Event;
import gatehouse.presence.Presence.Shown;
import java.util.Optional;

/** What an extension shows to others is another now: for lamps on phones (BLF) and for the event stream. */
public record PresenceChanged(String extensionNumber, Shown presence, Optional<String> note) implements Event {
}
