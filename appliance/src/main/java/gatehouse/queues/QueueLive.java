package gatehouse.queues;

import java.time.Instant;
import java.util.List;

/** What goes on in the queues now; whoever lets callers wait provides it. */
public interface QueueLive {
    /** @param sessionId names the call; @param number,displayName the caller's */
    record Waiting(String sessionId, String number, String displayName, Instant since) { }

    /** The longest first. */
    List<Waiting> waiting(String queueId);

    /** Whether the extension is on a call that came through this queue. */
    boolean serves(String queueId, String extensionNumber);

    /** Whether a call, up or just ended, came through a queue. */
    boolean isQueueCall(String callId);

    /** Connects a waiting caller to the extension. @return false when nobody waits there by that name */
    boolean pickUp(String queueId, String sessionId, String extensionNumber);

    /** Queues that take no calls: nobody waits, nobody is served. */
    QueueLive NO_CALLS = new QueueLive() {
        @Override
        public List<Waiting> waiting(String queueId) {
            return List.of();
        }

        @Override
        public boolean serves(String queueId, String extensionNumber) {
            return false;
        }

        @Override
        public boolean isQueueCall(String callId) {
            return false;
        }

        @Override
        public boolean pickUp(String queueId, String sessionId, String extensionNumber) {
            return false;
        }
    };
}
