package gatehouse.reports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.Files;
import gatehouse.company.Company;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.core.Timers;
import gatehouse.reports.ReportStore.State;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is reported, when, and what came of it. One without a schedule is written at once, and anew when it is changed. Thread-safe. */
public final class Reports implements Kind.Rules, AutoCloseable {
    static final String OBJECT = "CALL_REPORT";
    static final String FILE_USER = "call report";
    private static final int MOST = 100;
    private static final int MOST_COMPLETED = 1_000; // the oldest goes: a report each minute must not fill the disk
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1); // the clock of a box without a battery jumps once it finds the time

    private final ReportStore store;
    private final Keeping keeping;
    private final Company company;
    private final Files files;
    private final Timers timers;
    private final Resources reports;
    private final ReportWriter writer;
    private Timers.Timer timer; // guarded by this
    private boolean closed; // guarded by this

    public Reports(ReportStore store, Keeping keeping, Company company, Files files, Timers timers, ReportWriter.Sources sources) {
        this.store = store;
        this.keeping = keeping;
        this.company = company;
        this.files = files;
        this.timers = timers;
        this.reports = keeping.of(Kind.of("call_reports", OBJECT, "call report", "name").required("name", "type", "format", "range").most(MOST).rules(this));
        this.writer = new ReportWriter(this, store, reports, files, company, keeping.clock(), keeping.ids(), sources);
        store.running().forEach(writer::start);
        look();
    }

    Resources reports() {
        return reports;
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        ReportRules.check(draft.document(), problems);
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        if (before.isPresent() && store.run(tx, now.id()).filter(run -> run.state() == State.RUNNING).isPresent()) {
            throw Problem.of(Problem.Code.CONFLICT, "This report is being written; change it once it is done.").raise();
        }
        var due = due(now);
        store.save(tx, now.id(), due.isPresent() ? State.SCHEDULED : State.RUNNING, due);
        tx.afterCommit(() -> {
            if (due.isEmpty()) {
                writer.start(now.id());
            }
            look();
        });
    }

    /** When it is written next; empty without a schedule. */
    Optional<Instant> due(Resource report) {
        return Optional.of(report.text("cron_expr")).filter(text -> !text.isEmpty())
                .flatMap(text -> Cron.parse(text).after(keeping.clock().instant().atZone(company.settings().zone()))).map(time -> time.toInstant());
    }

    /** Starts what is due, forgets what is old, and comes back. What was due while the box was off is written once. */
    private void look() {
        var now = keeping.clock().instant();
        var due = store.write(tx -> {
            var ids = store.due(tx, now);
            ids.forEach(id -> store.save(tx, id, State.RUNNING, Optional.empty()));
            store.completedBefore(tx, now.minus(Duration.ofDays(company.settings().retention().callReports()))).forEach(id -> drop(tx, id));
            return ids;
        });
        due.forEach(writer::start);
        var wait = store.nextDue().map(next -> Duration.between(now, next)).filter(until -> until.compareTo(LOOK_AGAIN) < 0).orElse(LOOK_AGAIN);
        again(wait.isNegative() ? Duration.ZERO : wait.plusMillis(1));
    }

    private synchronized void again(Duration wait) {
        if (timer != null) {
            timer.cancel();
        }
        if (!closed) {
            timer = timers.after(wait, this::look);
        }
    }

    /** A report is written, within the transaction that keeps its file. */
    void completed(Tx tx, Resource report, ReportStore.Completed completed, String fileName, long fileSize) {
        store.insert(tx, completed, fileName, fileSize);
        files.use(tx, completed.fileId(), FILE_USER, completed.id());
        store.completedBeyond(tx, MOST_COMPLETED).forEach(id -> drop(tx, id));
        settle(tx, report, State.DONE);
    }

    /** After one turn, good or bad: a schedule goes on. */
    void settle(Tx tx, Resource report, State without) {
        var due = due(report);
        store.save(tx, report.id(), due.isPresent() ? State.SCHEDULED : without, due);
        tx.afterCommit(this::look);
    }

    void deleteCompleted(Actor actor, String id) {
        store.write(tx -> {
            var gone = store.completed(tx, id).orElseThrow(() -> Problem.notFound("completed call report").raise());
            drop(tx, id);
            keeping.audit().record(tx, actor, Action.DELETE, OBJECT, gone.name(), null, null);
            return null;
        });
    }

    private void drop(Tx tx, String id) {
        store.deleteCompleted(tx, id);
        files.discard(tx, FILE_USER, id);
    }

    ObjectNode shown(Resource report) {
        var run = store.run(report.id()).orElseGet(() -> new ReportStore.Run(State.DONE, 0, Optional.empty()));
        return ReportStore.shown(report.json(), run);
    }

    List<ObjectNode> described(List<ReportStore.Completed> all) {
        var bodies = all.stream().map(Reports::json).toList();
        files.describe(bodies, "");
        return bodies;
    }

    private static ObjectNode json(ReportStore.Completed completed) {
        return Json.object().put("id", completed.id()).put("name", completed.name()).put("type", completed.type())
                .put("format", completed.format()).put("completed_at", Json.time(completed.at())).put("file_id", completed.fileId());
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
        }
        writer.close();
    }
}
