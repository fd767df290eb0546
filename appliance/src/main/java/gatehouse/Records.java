package gatehouse;

import gatehouse.api.Routes;
import gatehouse.blobs.Files;
import gatehouse.cdrs.CallLogRoutes;
import gatehouse.cdrs.CallSearchStore;
import gatehouse.cdrs.CdrRoutes;
import gatehouse.cdrs.CdrStore;
import gatehouse.cdrs.CdrSyncRoutes;
import gatehouse.cdrs.Cdrs;
import gatehouse.changes.Changes;
import gatehouse.changes.SyncTokens;
import gatehouse.company.Company;
import gatehouse.core.Timers;
import gatehouse.mail.Mail;
import gatehouse.notifications.Letters;
import gatehouse.reports.ReportRoutes;
import gatehouse.reports.ReportStore;
import gatehouse.reports.ReportWriter;
import gatehouse.reports.Reports;
import gatehouse.resources.Keeping;
import gatehouse.users.Users;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is left of calls, wired by hand like {@link Gatehouse}, whose part it is: their records, and reports on them. */
final class Records implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Records.class.getName());
    private static final long MOST_ATTACHED = 5L << 20; // what mail servers take; more is fetched from the box

    private final CdrStore cdrs;
    private final Reports reports;
    private final List<Routes> routes;
    private final Thread counting;
    private volatile boolean closing;

    Records(Keeping keeping, Users users, Company company, Files files, Letters letters, Changes changes, SyncTokens syncTokens, Timers timers) {
        cdrs = new CdrStore(keeping.store(), changes);
        Cdrs.record(keeping.events(), cdrs, number -> users.byNumber(number).isPresent(), keeping.ids());
        counting = Thread.ofVirtual().name("call-runs").start(this::countRuns);
        var reportStore = new ReportStore(keeping.store());
        reports = new Reports(reportStore, keeping, company, files, timers, new ReportWriter.Sources(new CallSearchStore(keeping.store()),
                (email, name, at, fileName, file) -> letters.report(email, name, at, attachment(fileName, file))));
        routes = List.of(new CdrRoutes(cdrs, users, company.domain()), new CallLogRoutes(cdrs, company.domain()), new CdrSyncRoutes(cdrs, syncTokens, users),
                new ReportRoutes(reports, reportStore));
    }

    /** After an update that brings the counts; at other starts there is nothing to do. */
    private void countRuns() {
        while (!closing && cdrs.countRuns()) {
            Thread.yield(); // the one writer is for others too
        }
    }

    private static Optional<Mail.Attachment> attachment(String name, Path file) {
        try {
            var type = name.endsWith(".html") ? "text/html" : "text/csv";
            return java.nio.file.Files.size(file) > MOST_ATTACHED ? Optional.empty()
                    : Optional.of(new Mail.Attachment(name, type, java.nio.file.Files.readAllBytes(file)));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The report " + name + " is not attached to its message: " + e.getMessage());
            return Optional.empty();
        }
    }

    CdrStore cdrs() {
        return cdrs;
    }

    List<Routes> routes() {
        return routes;
    }

    @Override
    public void close() {
        closing = true;
        try {
            counting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reports.close();
    }
}
