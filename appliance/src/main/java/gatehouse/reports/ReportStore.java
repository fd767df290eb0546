package gatehouse.reports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of the tables {@code call_report_runs} and {@code completed_call_reports}; lists reports with how they are. */
public final class ReportStore {
    static final Listing REPORTS = Listing.of("call_reports JOIN call_report_runs ON report_id = id", "created_at, id",
            Field.json("name", Kind.TEXT).asSearched(), Field.json("type", Kind.TEXT), Field.json("cron_expr", Kind.TEXT), Field.text("status", "state"));
    static final Listing COMPLETED = Listing.of("completed_call_reports", "completed_at DESC, id", Field.searchedText("name", "name"),
            Field.text("type", "type"), Field.text("format", "format"), Field.time("completed_at", "completed_at"),
            Field.searchedText("file_name", "file_name"), Field.number("file_size", "file_size"));
    private static final String COMPLETED_COLUMNS = "id, name, type, format, completed_at, file_id";

    /** How a report is. DONE is ours: the contract has no word for what was written and will not be again. */
    enum State { RUNNING, SCHEDULED, ABORTED, DONE }

    /** @param percent of what is being written now */
    record Run(State state, int percent, Optional<Instant> due) { }

    record Completed(String id, String name, String type, String format, Instant at, String fileId) { }

    private final Store store;

    public ReportStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    void save(Tx tx, String report, State state, Optional<Instant> due) {
        tx.run("""
                INSERT INTO call_report_runs (report_id, state, percent, due_at) VALUES (?, ?, 0, ?)
                ON CONFLICT (report_id) DO UPDATE SET state = excluded.state, percent = 0, due_at = excluded.due_at""", report, state, due.orElse(null));
    }

    void progress(String report, int percent) {
        store.write(tx -> tx.run("UPDATE call_report_runs SET percent = ? WHERE report_id = ?", percent, report));
    }

    Optional<Run> run(Tx tx, String report) {
        return tx.one("SELECT state, percent, due_at FROM call_report_runs WHERE report_id = ?", ReportStore::run, report);
    }

    Optional<Run> run(String report) {
        return store.read(tx -> run(tx, report));
    }

    private static Run run(ResultSet row) throws SQLException {
        var due = row.getLong("due_at");
        return new Run(State.valueOf(row.getString("state")), row.getInt("percent"), row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due)));
    }

    /** What a stop of the box cut off, oldest first; leans on call_report_runs_by_state. */
    List<String> running() {
        return store.read(tx -> tx.list("SELECT report_id FROM call_report_runs WHERE state = 'RUNNING' ORDER BY rowid", row -> row.getString("report_id")));
    }

    /** Leans on call_report_runs_by_state. */
    List<String> due(Tx tx, Instant now) {
        return tx.list("SELECT report_id FROM call_report_runs WHERE state = 'SCHEDULED' AND due_at <= ? ORDER BY due_at", row -> row.getString("report_id"), now);
    }

    /** Whether there is any schedule at all; leans on call_report_runs_by_state. */
    Optional<Instant> nextDue() {
        return store.read(tx -> tx.one("SELECT due_at FROM call_report_runs WHERE state = 'SCHEDULED' ORDER BY due_at LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong("due_at"))));
    }

    Page<ObjectNode> page(ListQuery query) {
        return store.read(tx -> REPORTS.page(tx, query, "id, document, state, percent, due_at", row -> shown((ObjectNode) Json.parse(row.getString("document")),
                run(row)).put("id", row.getString("id")), ""));
    }

    static ObjectNode shown(ObjectNode document, Run run) {
        return document.put("status", run.state() == State.DONE ? null : run.state().name())
                .put("percent", run.state() == State.RUNNING ? (Integer) run.percent() : null);
    }

    void insert(Tx tx, Completed report, String fileName, long fileSize) {
        tx.run("INSERT INTO completed_call_reports (" + COMPLETED_COLUMNS + ", file_name, file_size) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", report.id, report.name,
                report.type, report.format, report.at, report.fileId, fileName, fileSize);
    }

    Page<Completed> completed(ListQuery query) {
        return store.read(tx -> COMPLETED.page(tx, query, COMPLETED_COLUMNS, ReportStore::completed, ""));
    }

    Optional<Completed> completed(String id) {
        return store.read(tx -> completed(tx, id));
    }

    Optional<Completed> completed(Tx tx, String id) {
        return tx.one("SELECT " + COMPLETED_COLUMNS + " FROM completed_call_reports WHERE id = ?", ReportStore::completed, id);
    }

    /** Those from before {@code time}; leans on completed_call_reports_by_time. */
    List<String> completedBefore(Tx tx, Instant time) {
        return tx.list("SELECT id FROM completed_call_reports WHERE completed_at < ? ORDER BY completed_at", row -> row.getString("id"), time);
    }

    /** All but the newest {@code kept}; leans on completed_call_reports_by_time. */
    List<String> completedBeyond(Tx tx, int kept) {
        return tx.list("SELECT id FROM completed_call_reports ORDER BY completed_at DESC LIMIT -1 OFFSET ?", row -> row.getString("id"), kept);
    }

    void deleteCompleted(Tx tx, String id) {
        tx.run("DELETE FROM completed_call_reports WHERE id = ?", id);
    }

    private static Completed completed(ResultSet row) throws SQLException {
        return new Completed(row.getString("id"), row.getString("name"), row.getString("type"), row.getString("format"),
                Instant.ofEpochMilli(row.getLong("completed_at")), row.getString("file_id"));
    }
}
