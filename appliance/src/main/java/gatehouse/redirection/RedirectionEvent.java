package gatehouse.redirection;

import gatehouse.core.Event;

/** What others may hear of redirect services. */
public sealed interface RedirectionEvent extends Event {
    String mac();

    Maker maker();

    /** The service leads the phone here. */
    record Told(String mac, Maker maker) implements RedirectionEvent { }

    /** It does not. @param words what it said, or what happened */
    record Refused(String mac, Maker maker, Trouble trouble, String words) implements RedirectionEvent { }
}
