package gatehouse.sip;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.message.Message;
import javax.sip.message.Request;

/** Finds the leg that a message belongs to, by Call-ID and our tag; a CANCEL or a repeated INVITE by its transaction. Thread-safe. */
final class LegTable {
    private final Map<String, InviteLeg> byTag = new ConcurrentHashMap<>();
    private final Map<String, InviteLeg> byInvite = new ConcurrentHashMap<>();

    void add(InviteLeg leg) {
        byTag.put(key(leg.dialog.callId, leg.dialog.localTag), leg);
    }

    /** @return false when this very INVITE is known: a retransmission */
    boolean addInvite(Request invite, InviteLeg leg) {
        return byInvite.putIfAbsent(inviteKey(invite), leg) == null;
    }

    void forget(InviteLeg leg) {
        byTag.remove(key(leg.dialog.callId, leg.dialog.localTag));
        byInvite.values().remove(leg);
    }

    Optional<InviteLeg> ofRequest(Request request) {
        var tag = Dialog.toTag(request);
        return tag == null ? Optional.empty() : Optional.ofNullable(byTag.get(key(Dialog.callId(request), tag)));
    }

    Optional<InviteLeg> ofResponse(Message response) {
        var tag = Dialog.fromTag(response);
        return tag == null ? Optional.empty() : Optional.ofNullable(byTag.get(key(Dialog.callId(response), tag)));
    }

    Optional<InviteLeg> ofCancel(Request cancel) {
        return Optional.ofNullable(byInvite.get(inviteKey(cancel)));
    }

    /** The leg whose dialog somebody else names. */
    Optional<InviteLeg> ofDialog(Replaces named) {
        return Optional.ofNullable(byTag.get(key(named.callId(), named.toTag()))).filter(leg -> leg.dialog.isWith(named.fromTag()));
    }

    boolean knows(Request invite) {
        return byInvite.containsKey(inviteKey(invite));
    }

    List<InviteLeg> all() {
        return List.copyOf(byTag.values());
    }

    private static String key(String callId, String tag) {
        return callId + '\n' + tag;
    }

    private static String inviteKey(Request request) {
        return Dialog.callId(request) + '\n' + Dialog.fromTag(request) + '\n' + Dialog.cseq(request);
    }
}
