package gatehouse.sip;

import java.util.List;

/** Keeps bindings (RFC 3261 10.3). Called after the digest was checked and the user found to be the address-of-record's own. */
public interface Registrar {
    /**
     * @param contacts     what the request asks for; empty asks for the list
     * @param removeAll    {@code Contact: *} with {@code Expires: 0}
     * @param mac          what some phones say of themselves in a header of its own: twelve lower-case hex digits, or empty
     */
    record Registration(String extensionNumber, List<Contact> contacts, boolean removeAll, String callId, long cseq, String userAgent, String mac,
                        Flow flow) { }

    /** @param expires seconds; 0 removes; @param instanceId RFC 5626's +sip.instance, or empty */
    record Contact(String uri, int expires, String instanceId) { }

    sealed interface Outcome {
        /** The bindings that hold now; expires in seconds from now. */
        record Bound(List<Contact> contacts) implements Outcome { }

        record TooBrief(int leastSeconds) implements Outcome { }

        record TooMany(int most) implements Outcome { }
    }

    Outcome register(Registration registration);
}
