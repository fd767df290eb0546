package gatehouse.meetings;

import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import java.util.List;

/**
 * What happens in rooms now, and acts on it; the call engine's side of meetings. Ids of rooms and meetings are the same kind. Thread-safe.
 * Acts throw {@link gatehouse.core.ProblemException}: NOT_FOUND for a participant who is not there, CONFLICT for what does not fit the
 * moment, UNAVAILABLE when it cannot be done.
 */
public interface MeetingEngine {
    /** The contract's words: open, shut, somebody in it. */
    enum Status { ONLINE, OFFLINE, ON_CALL }

    /** @param position place in the picture, 0 to 8; −1 is hidden */
    record Participant(String id, String displayName, boolean muted, boolean chairman, int position) { }

    Status status(String roomId);

    boolean recording(String roomId);

    List<Participant> participants(String roomId);

    /** Lets people in from now on. */
    void start(String roomId);

    /** Sends everybody home. */
    void stop(String roomId);

    void record(String roomId, boolean on);

    /** Rings {@code number} and lets it in. */
    void invite(String roomId, String number);

    void mute(String roomId, String participantId, boolean on);

    void makeChairman(String roomId, String participantId);

    void place(String roomId, String participantId, int position);

    void kick(String roomId, String participantId);

    /** The room's settings were changed, its lock or muting among them. */
    void changed(String roomId);

    /** A box that cannot mix: every room is shut and empty, and nobody can be let in. */
    MeetingEngine NONE = new MeetingEngine() {
        @Override
        public Status status(String roomId) {
            return Status.OFFLINE;
        }

        @Override
        public boolean recording(String roomId) {
            return false;
        }

        @Override
        public List<Participant> participants(String roomId) {
            return List.of();
        }

        @Override
        public void start(String roomId) {
            throw unavailable();
        }

        @Override
        public void stop(String roomId) {
            throw shut();
        }

        @Override
        public void record(String roomId, boolean on) {
            throw shut();
        }

        @Override
        public void invite(String roomId, String number) {
            throw unavailable();
        }

        @Override
        public void mute(String roomId, String participantId, boolean on) {
            throw absent();
        }

        @Override
        public void makeChairman(String roomId, String participantId) {
            throw absent();
        }

        @Override
        public void place(String roomId, String participantId, int position) {
            throw absent();
        }

        @Override
        public void kick(String roomId, String participantId) {
            throw absent();
        }

        @Override
        public void changed(String roomId) { }

        private RuntimeException unavailable() {
            return Problem.of(Code.UNAVAILABLE, "This version of the box keeps meetings but cannot hold them yet: nobody can be let in.").raise();
        }

        private RuntimeException shut() {
            return Problem.of(Code.CONFLICT, "Nobody is in this room; start it first.").raise();
        }

        private RuntimeException absent() {
            return Problem.notFound("participant").raise();
        }
    };
}
