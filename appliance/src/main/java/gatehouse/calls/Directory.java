package gatehouse.calls;

import java.util.Optional;

/** Whose number is whose. */
@FunctionalInterface
public interface Directory {
    /** @param displayName as phones show it */
    record Party(String number, String displayName) { }

    Optional<Party> byNumber(String number);
}
