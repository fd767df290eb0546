package gatehouse.company;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.hours.Week;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The company's settings as other parts of the box read them.
 *
 * @param officeHours empty while nobody has set any: then it is always open
 * @param nightMode   the company is closed whatever its hours say
 * @param retention   how long things are kept
 * @param document    the contract's fields as they were set, without secrets; not to be changed by who reads it
 */
public record CompanySettings(String id, String name, ZoneId zone, Optional<Week> officeHours, boolean nightMode, Retention retention,
                              ObjectNode document) {
    /** In days. */
    public record Retention(int recordings, int callReports, int logs, int tempFiles) { }

    static CompanySettings of(ObjectNode document) {
        var zone = document.path("timezone").isTextual() ? ZoneId.of(document.get("timezone").textValue()) : ZoneOffset.UTC;
        var hours = document.path("office_hours").isObject() ? Optional.of(Week.of(document.get("office_hours"))) : Optional.<Week>empty();
        return new CompanySettings(document.path("id").textValue(), document.path("name").textValue(), zone, hours,
                document.path("enable_night_mode").asBoolean(), new Retention(document.path("recording_retention").asInt(180),
                document.path("call_report_retention").asInt(30), document.path("log_retention").asInt(180),
                document.path("temp_file_retention").asInt(30)), document);
    }

    /** Whether these are office hours; holidays are another part's. */
    public boolean isOpen(Instant now) {
        return !nightMode && officeHours.map(week -> week.covers(now.atZone(zone).toLocalDateTime())).orElse(true);
    }

    /** A switch of the contract: {@code enable_audio_recording}, {@code password_force_reset}. */
    public boolean has(String field) {
        return document.path(field).asBoolean();
    }
}
