package gatehouse.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;

/**
 * What waits for one owner's thread, bounded. Anybody may post, and never waits; nothing that is posted is lost in silence: it is taken,
 * or found when the owner closes, or goes to who came after the owner, or has overflowed.
 */
final class Mailbox<M> {
    private final ArrayBlockingQueue<M> waiting;
    private Consumer<M> late; // once closed; guarded by this
    private volatile boolean overflowed;

    /** @param most how much may wait */
    Mailbox(int most) {
        waiting = new ArrayBlockingQueue<>(most);
    }

    void post(M mail) {
        Consumer<M> after;
        synchronized (this) {
            after = late;
            if (after == null && !waiting.offer(mail)) {
                overflowed = true;
            }
        }
        if (after != null) {
            after.accept(mail);
        }
    }

    /** Waits for the next. Owner only. */
    M take() throws InterruptedException {
        return waiting.take();
    }

    /** Something was lost: the owner cannot know how things are. */
    boolean overflowed() {
        return overflowed;
    }

    /**
     * Takes nothing more, if it has not been closed before.
     *
     * @param after gets what is posted from now on, on the poster's thread
     * @return what was waiting, oldest first
     */
    synchronized List<M> close(Consumer<M> after) {
        var rest = new ArrayList<M>();
        if (late == null) {
            late = after;
            waiting.drainTo(rest);
        }
        return rest;
    }
}
