package gatehouse.reports;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.blobs.Files;
import gatehouse.calls.CallRecord;
import gatehouse.cdrs.CallCriteria;
import gatehouse.cdrs.CallSearchStore;
import gatehouse.cdrs.CallSearchStore.Found;
import gatehouse.cdrs.CallSearchStore.Place;
import gatehouse.company.Company;
import gatehouse.core.Ids;
import gatehouse.core.ProblemException;
import gatehouse.reports.ReportStore.Completed;
import gatehouse.reports.ReportStore.State;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.StoreException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Writes reports, one at a time, on a virtual thread. What a stop cuts off is left as running, and begins anew at the next start. */
public final class ReportWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReportWriter.class.getName());
    static final int MOST_ROWS = 200_000; // 40 MB as CSV, which a spreadsheet still opens
    private static final int PART = 1_000; // 5 ms of the database, between which calls come first
    private static final List<String> COLUMNS = List.of("call_id", "direction", "caller", "caller_display_name", "callee", "callee_display_name",
            "destination", "started_at", "rang_at", "answered_at", "ended_at", "ring_duration", "talk_duration", "end_reason", "status_code");

    /** Where calls are read, and who is told that a report is there. */
    public record Sources(CallSearchStore calls, Finished finished) { }

    /** Hears of each report that was written. */
    @FunctionalInterface
    public interface Finished {
        /** @param file its bytes, to be read now */
        void report(String email, String name, Instant at, String fileName, Path file);
    }

    private final Reports owner;
    private final ReportStore store;
    private final Resources reports;
    private final Files files;
    private final Company company;
    private final Clock clock;
    private final Ids ids;
    private final Sources sources;
    private final ExecutorService one = Executors.newSingleThreadExecutor(Thread.ofVirtual().name("report").factory());
    private volatile boolean closing;

    ReportWriter(Reports owner, ReportStore store, Resources reports, Files files, Company company, Clock clock, Ids ids, Sources sources) {
        this.owner = owner;
        this.store = store;
        this.reports = reports;
        this.files = files;
        this.company = company;
        this.clock = clock;
        this.ids = ids;
        this.sources = sources;
    }

    /** Soon, after those before it. */
    void start(String report) {
        if (!closing) {
            one.execute(() -> reports.find(Resources.COMPANY, report).ifPresent(this::write));
        }
    }

    private void write(Resource report) {
        try {
            var draft = files.draft();
            if (draft(report, draft)) {
                keep(report, draft);
            }
        } catch (IOException | ProblemException | StoreException e) {
            abort(report, e.getMessage());
        }
    }

    private void abort(Resource report, String reason) {
        if (!closing) {
            LOG.log(Level.WARNING, "The report " + report.text("name") + " was not written: " + reason);
            store.write(tx -> {
                if (store.run(tx, report.id()).isPresent()) {
                    owner.settle(tx, report, State.ABORTED);
                }
                return null;
            });
        }
    }

    /** @return whether it is whole */
    private boolean draft(Resource report, Path draft) throws IOException {
        var zone = company.settings().zone();
        var criteria = criteria(report, Span.of(report.document(), clock.instant(), zone));
        var total = sources.calls.count(criteria, MOST_ROWS + 1L);
        if (total > MOST_ROWS) {
            throw new IOException("it has more than " + MOST_ROWS + " calls; choose a shorter range or a narrower filter");
        }
        try (var out = java.nio.file.Files.newBufferedWriter(draft)) {
            var file = ReportFile.of(report.text("format"), out);
            file.head(report.text("name"), COLUMNS);
            var written = 0L;
            var place = Place.FIRST;
            for (var part = sources.calls.after(criteria, place, PART); !part.isEmpty(); part = sources.calls.after(criteria, place, PART)) {
                for (var found : part) {
                    file.row(row(found, zone));
                }
                place = part.getLast().place();
                written += part.size();
                store.progress(report.id(), (int) Math.min(99, 100 * written / Math.max(1, total)));
                if (closing || written > MOST_ROWS) {
                    return false;
                }
            }
            file.foot();
        }
        return true;
    }

    private void keep(Resource report, Path draft) {
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var name = fileName(report, at.atZone(company.settings().zone()).format(DateTimeFormatter.ofPattern("uuuu-MM-dd_HHmm")));
        var kept = files.keep(draft, name, (tx, file) -> {
            if (store.run(tx, report.id()).isEmpty()) {
                return Optional.<Path>empty(); // deleted meanwhile: nobody uses the file, and it goes
            }
            owner.completed(tx, report, new Completed(ids.next(), report.text("name"), report.text("type"), report.text("format"), at, file.id()), name, file.size());
            return Optional.of(files.path(file));
        });
        kept.ifPresent(path -> sources.finished.report(report.text("email"), report.text("name"), at, name, path));
    }

    private static String fileName(Resource report, String time) {
        var plain = report.text("name").replaceAll("[^\\p{L}\\p{N} _-]", "_").strip();
        return (plain.length() > 60 ? plain.substring(0, 60) : plain) + "_" + time + "." + report.text("format").toLowerCase(Locale.ROOT);
    }

    static CallCriteria criteria(Resource report, Span span) {
        var filter = report.document().path("filter");
        return new CallCriteria(span.from(), span.to(), party(filter, "from"), party(filter, "to"),
                CallCriteria.State.valueOf(word(filter, "answer_state")), CallCriteria.Duration.valueOf(word(filter, "duration")),
                seconds(filter, "duration_from"), seconds(filter, "duration_to"));
    }

    private static CallCriteria.Party party(JsonNode filter, String side) {
        return new CallCriteria.Party(CallCriteria.Which.valueOf(word(filter, side)), filter.path(side + "_value").asText(""));
    }

    private static String word(JsonNode filter, String field) {
        return filter.path(field).isTextual() ? filter.get(field).textValue() : "ANY";
    }

    private static OptionalInt seconds(JsonNode filter, String field) {
        return filter.path(field).isNumber() ? OptionalInt.of(filter.get(field).asInt()) : OptionalInt.empty();
    }

    /** Times are the company's, with their distance from UTC; durations are whole seconds. */
    private static List<String> row(Found found, ZoneId zone) {
        var call = found.call();
        var rung = Duration.between(call.rangAt().orElse(call.startedAt()), call.answeredAt().orElse(call.endedAt()));
        return List.of(call.callId(), found.direction(), call.caller(), call.callerDisplayName(), call.callee(), call.calleeDisplayName(), call.destination(),
                time(Optional.of(call.startedAt()), zone), time(call.rangAt(), zone), time(call.answeredAt(), zone), time(Optional.of(call.endedAt()), zone),
                Long.toString(rung.toSeconds()), talked(call), call.endReason().map(Enum::name).orElse(""), Integer.toString(call.statusCode()));
    }

    private static String talked(CallRecord call) {
        return Long.toString(call.answeredAt().map(at -> Duration.between(at, call.endedAt()).toSeconds()).orElse(0L));
    }

    private static String time(Optional<Instant> at, ZoneId zone) {
        return at.map(instant -> instant.truncatedTo(ChronoUnit.SECONDS).atZone(zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)).orElse("");
    }

    /** Stops between two parts. */
    @Override
    public void close() {
        closing = true;
        one.shutdownNow();
        try {
            if (!one.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "A report did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
