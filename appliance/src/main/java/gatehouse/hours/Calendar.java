package gatehouse.hours;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The company's days and hours, as schedules need them; whoever keeps them provides it. */
public interface Calendar {
    ZoneId zone();

    /** Empty while nobody has set any: then it is always open. */
    Optional<Week> companyHours();

    /** The company is closed whatever its hours say. */
    boolean nightMode();

    /** Whether {@code at} is in one of these holidays; ids of what is gone are none. */
    boolean isHoliday(Collection<String> ids, Instant at);

    /** Those of {@code ids} that exist, as the contract shows them, with their id. */
    List<ObjectNode> holidays(Tx tx, Collection<String> ids);
}
