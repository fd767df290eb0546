package gatehouse.featurecodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.AuditStore;
import gatehouse.core.Ids;
import gatehouse.featurecodes.FeatureCodes.Dialled;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCodesTest {
    private static final Actor ADMIN = new Actor("admin", "API", "127.0.0.1");

    @TempDir
    Path folder;
    private Store store;
    private FeatureCodes codes;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("box.db"));
        codes = opened();
    }

    private FeatureCodes opened() {
        return new FeatureCodes(new FeatureCodeStore(store), new Audit(new AuditStore(store), Clock.systemUTC(), new Ids(new SplittableRandom(1))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_follows_the_code_belongs_to_the_feature() {
        assertEquals(Optional.of(new Dialled(Feature.CALL_FORWARDING_ALWAYS_ACTIVATION, "0301234")), codes.parse("*720301234"));
        assertEquals(Optional.of(new Dialled(Feature.SPEED_DIAL_8, "5")), codes.parse("*745"));
        assertEquals(Optional.of(new Dialled(Feature.CALL_PARK, "#")), codes.parse("*68#"));
        assertEquals(Optional.empty(), codes.parse("101"));
        assertEquals(Optional.empty(), codes.parse("*99"));
    }

    @Test
    void the_longest_code_wins_and_one_that_is_off_is_none() {
        codes.change(ADMIN, List.of(new FeatureCode(Feature.CALL_PARK, "*7", true)));
        assertEquals(Feature.CALL_FORWARDING_ALWAYS_ACTIVATION, codes.parse("*72").orElseThrow().feature());
        codes.change(ADMIN, List.of(new FeatureCode(Feature.CALL_FORWARDING_ALWAYS_ACTIVATION, "*72", false)));
        assertEquals(Optional.of(new Dialled(Feature.CALL_PARK, "2")), codes.parse("*72"));
    }

    @Test
    void changes_outlive_a_restart() {
        codes.change(ADMIN, List.of(new FeatureCode(Feature.NIGHT_MODE, "##9", true)));
        assertEquals(Feature.NIGHT_MODE, opened().parse("##9").orElseThrow().feature());
    }
}
