package gatehouse.live;

import gatehouse.api.Caller;
import java.util.Optional;
import java.util.Set;

/**
 * Who may hear an event.
 *
 * @param permission whose holders hear it, whomever it is about
 * @param numbers    extensions that it is about: their users hear it too
 * @param userId     a user whom it is about; empty for none
 */
record Audience(String permission, Set<String> numbers, String userId) {
    static Audience holding(String permission) {
        return new Audience(permission, Set.of(), "");
    }

    Audience or(String... numbers) {
        return new Audience(permission, Set.of(numbers.length > 1 && numbers[0].equals(numbers[1]) ? new String[] {numbers[0]} : numbers), userId);
    }

    Audience orUser(String id) {
        return new Audience(permission, numbers, id);
    }

    /** @param own the listener's own extension */
    boolean has(Caller listener, Optional<String> own) {
        return listener.may(permission) || own.filter(numbers::contains).isPresent() || userId.equals(listener.userId());
    }
}
