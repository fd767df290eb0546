package gatehouse.reports;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.resources.Crud;
import java.util.List;

/** Reports on calls over HTTP. */
public final class ReportRoutes implements Routes {
    private final Reports reports;
    private final ReportStore store;

    public ReportRoutes(Reports reports, ReportStore store) {
        this.reports = reports;
        this.store = store;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(reports.reports(), ReportStore.REPORTS).shown(reports::shown).create(operations, "createCallReport").show(operations, "getCallReportDetails")
                .update(operations, "updateCallReport").delete(operations, "deleteCallReport");
        operations.bind("listCallReports", request -> {
            var page = store.page(ReportStore.REPORTS.query(request));
            return Answer.ok(Json.page(page.count(), page.items()));
        });
        operations.bind("listCompletedCallReports", request -> {
            var page = store.completed(ReportStore.COMPLETED.query(request));
            return Answer.ok(Json.page(page.count(), reports.described(page.items())));
        });
        operations.bind("getCompletedCallReportDetails", request -> Answer.ok(reports.described(List.of(store.completed(request.path("id"))
                .orElseThrow(() -> Problem.notFound("completed call report").raise()))).getFirst()));
        operations.bind("deleteCompletedCallReport", request -> {
            reports.deleteCompleted(Actor.of(request), request.path("id"));
            return Answer.noContent();
        });
    }
}
