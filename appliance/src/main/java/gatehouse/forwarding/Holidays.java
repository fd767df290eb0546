package gatehouse.forwarding;

import java.time.Instant;
import java.time.ZoneId;

/** Whose holidays are when. */
@FunctionalInterface
public interface Holidays {
    boolean isHoliday(String userId, Instant at, ZoneId zone);
}
