package gatehouse.speeddials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.core.ProblemException;
import gatehouse.testkit.Workbench;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a feature code does to speed dials, and a call asks of them. */
class SpeedDialsTest {
    @TempDir
    Path folder;

    @Test
    void a_code_is_set_changed_dialled_and_cleared() {
        try (var bench = new Workbench(folder, Clock.systemUTC(), "101", "102")) {
            var dials = new SpeedDials(bench.keeping);
            assertEquals(Optional.empty(), dials.number("id101", "2"));
            dials.set(Workbench.ADMIN, "id101", "2", Optional.of("+49 (30) 1"));
            dials.set(Workbench.ADMIN, "id101", "02", Optional.of("555"));
            assertEquals(Optional.of("+49301"), dials.number("id101", "2"), "as it is dialled");
            assertEquals(Optional.of("555"), dials.number("id101", "02"));
            assertEquals(Optional.empty(), dials.number("id102", "2"), "somebody else's");
            dials.set(Workbench.ADMIN, "id101", "2", Optional.of("556"));
            assertEquals(Optional.of("556"), dials.number("id101", "2"));
            dials.set(Workbench.ADMIN, "id101", "2", Optional.empty());
            dials.set(Workbench.ADMIN, "id101", "2", Optional.empty());
            assertEquals(Optional.empty(), dials.number("id101", "2"));
            for (var code : List.of("1", "0", "100", "", "a")) {
                assertThrows(ProblemException.class, () -> dials.set(Workbench.ADMIN, "id101", code, Optional.of("555")), code);
            }
        }
    }
}
