package gatehouse.sip;

import java.util.Optional;
import javax.sip.message.Response;

/** An INVITE without an offer: the 200 brings the other end's, and our answer goes with the ACK (RFC 3261 13.2.2.4). Guarded by its leg. */
final class LateAnswer {
    private boolean expected;
    private Response offered;
    private String answer = "";
    private long sequence = -1;

    /** Our INVITE offers nothing. */
    void expect() {
        expected = true;
    }

    boolean isExpected() {
        return expected;
    }

    /** @return whether this 200 waits for our answer, and its ACK with it */
    boolean waits(Response ok) {
        if (expected && offered == null) {
            offered = ok;
        }
        return expected;
    }

    /** The 200 to acknowledge with {@code sessionDescription}; empty when none waits. */
    Optional<Response> give(String sessionDescription) {
        var waiting = Optional.ofNullable(offered);
        waiting.ifPresent(ok -> {
            answer = sessionDescription;
            sequence = Dialog.cseq(ok);
            offered = null;
            expected = false;
        });
        return waiting;
    }

    /** What the ACK of this 200, and of each repetition, carries; empty for most. */
    Optional<String> of(Response ok) {
        return Dialog.cseq(ok) == sequence && !answer.isEmpty() ? Optional.of(answer) : Optional.empty();
    }
}
