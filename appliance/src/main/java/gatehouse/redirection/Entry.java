package gatehouse.redirection;

import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with one phone and its maker's service.
 *
 * @param want    what the service is to be told
 * @param asked   a digest of it, so that what was told once is not told again
 * @param told    whether the service was ever told of the phone
 * @param words   what the service said last; empty when nothing went wrong
 * @param since   since when this is wanted
 * @param nextTry its turn among those that wait; while the service rests, none of them has one
 */
record Entry(String mac, Maker maker, Want want, State state, String asked, boolean told, Optional<Trouble> trouble, String words, int tries, Instant since,
             Instant nextTry, Instant changedAt) {
    enum Want { LEAD, FORGET }

    enum State {
        WAITING, DONE,
        /** The service said no: tried again when the phone or the settings change, or when somebody asks for it. */
        REFUSED,
        /** It could not be reached for too long: likewise. */
        GIVEN_UP
    }

    static Entry wanted(String mac, Maker maker, Want want, String asked, boolean told, Instant now) {
        return new Entry(mac, maker, want, State.WAITING, asked, told, Optional.empty(), "", 0, now, now, now);
    }

    Entry done(Instant now) {
        return new Entry(mac, maker, want, State.DONE, asked, true, Optional.empty(), "", tries + 1, since, now, now);
    }

    Entry failed(State next, Refusal why, Instant now) {
        return new Entry(mac, maker, want, next, asked, told, Optional.of(why.trouble()), why.getMessage(), tries + 1, since, now, now);
    }

    Entry again(Instant now) {
        return new Entry(mac, maker, want, State.WAITING, asked, told, Optional.empty(), "", 0, now, now, now);
    }
}
