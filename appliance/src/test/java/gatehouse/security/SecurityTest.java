package gatehouse.security;

import static gatehouse.testkit.Workbench.ADMIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.emergency.EmergencyNumbers;
import gatehouse.numbering.Countries;
import gatehouse.numbering.Home;
import gatehouse.resources.Resources;
import gatehouse.testkit.Workbench;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What calls will ask, on a store of its own: each change holds for the next call. */
class SecurityTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final Countries COUNTRIES = Countries.shipped();

    @TempDir
    Path folder;
    private Workbench bench;
    private Security security;
    private ObjectNode settings = Json.object().put("region", "DEU");

    @BeforeEach
    void open() {
        bench = new Workbench(folder, Clock.fixed(NOW, ZoneOffset.UTC));
        security = new Security(bench.keeping, COUNTRIES, () -> HomeCountry.of(COUNTRIES, settings), new EmergencyNumbers(bench.keeping));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text);
    }

    @Test
    void a_blacklisted_caller_is_shut_out_however_the_provider_writes_the_number_and_until_its_time() {
        var id = security.blacklist().create(ADMIN, json("{\"number\": \"030123456\", \"expire_at\": \"2026-05-05T00:00:00Z\"}"));
        security.blacklist().create(ADMIN, json("{\"number\": \"004420********;5550-5559\"}"));
        for (var number : List.of("+4930123456", "004930123456", "030123456", "030 123456", "+442012345678", "5555")) {
            assertTrue(security.isBlacklisted(number, NOW), number);
        }
        for (var number : List.of("+4930123457", "+44201234567", "5560", "")) {
            assertFalse(security.isBlacklisted(number, NOW), number);
        }
        assertFalse(security.isBlacklisted("+4930123456", Instant.parse("2026-05-05T00:00:00Z")), "its time is over");
        security.blacklist().resources().delete(ADMIN, Resources.COMPANY, id);
        assertFalse(security.isBlacklisted("+4930123456", NOW));
    }

    @Test
    void what_is_set_holds_for_the_next_call() {
        var worldly = Set.of(Barring.DOMESTIC, Barring.INTERNATIONAL);
        assertEquals(new Verdict.CountryNotAllowed("France"), security.barring().verdict(worldly, "+33123456789"));
        security.allow(ADMIN, Json.parse("[\"FRA\", \"DO\"]"));
        assertTrue(security.barring().verdict(worldly, "+33123456789").allows());
        assertTrue(security.barring().verdict(worldly, "+18495551234").allows(), "a country with several codes has all of them");
        security.codes().resources().create(ADMIN, Resources.COMPANY, json("{\"number_prefix\": \"+331\"}"));
        assertEquals(new Verdict.CodeDisallowed("+331"), security.barring().verdict(worldly, "0033123456789"));
        assertEquals(new Verdict.Emergency(), security.barring().verdict(Set.of(), "911"), "there from the start");
    }

    @Test
    void the_company_says_where_home_is() {
        assertEquals("49", HomeCountry.of(COUNTRIES, settings).code().orElseThrow());
        settings = json("{\"region\": \"DEU\", \"e164\": {\"country\": \"USA\", \"international_code\": \"9011\"}}");
        var home = HomeCountry.of(COUNTRIES, settings);
        assertEquals("1", home.code().orElseThrow());
        assertEquals("9011", home.internationalPrefixes().getFirst());
        assertEquals("44", HomeCountry.of(COUNTRIES, json("{\"e164\": {\"country\": \"44\"}}")).code().orElseThrow());
        assertEquals(Home.UNKNOWN, HomeCountry.of(COUNTRIES, json("{\"region\": null, \"e164\": null}")));
        assertEquals(new Verdict.CountryNotAllowed("Germany"), security.barring().verdict(Set.of(Barring.INTERNATIONAL), "+49301234567"));
    }
}
