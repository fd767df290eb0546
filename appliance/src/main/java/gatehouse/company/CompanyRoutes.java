package gatehouse.company;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import java.nio.file.Path;

/** The company over HTTP (contract area tenant). */
public final class CompanyRoutes implements Routes {
    /** What this box can hold at most. */
    public record Most(int extensions, int concurrentCalls) { }

    private static final String SETS = "company.full_access";

    private final Company company;
    private final Most most;
    private final Path data;

    public CompanyRoutes(Company company, Most most, Path data) {
        this.company = company;
        this.most = most;
        this.data = data;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showCurrentConfigurations", this::show);
        operations.bind("updateSettings", request -> {
            company.update(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("retrieveTenantPasswordPolicy", _ -> Answer.ok(company.passwordPolicyDocument()));
        operations.bind("updateTenantPasswordPolicy", request -> {
            company.updatePasswordPolicy(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("retrieveTenantCustomHeaders", _ -> Answer.ok(company.headersDocument()));
        operations.bind("updateTenantCustomHeaders", request -> {
            company.updateHeaders(Actor.of(request), request.body());
            return Answer.done();
        });
    }

    /** Who may set the secrets may read them too, so that what was read can be sent back; nobody else does. */
    private Answer show(ApiRequest request) {
        var body = request.caller().may(SETS) ? company.withSecrets() : company.settings().document().deepCopy();
        body.put("domain", company.domain()).put("used_disk_quota", DiskUse.text(DiskUse.bytes(data)))
                .put("max_extensions", most.extensions()).put("max_concurrent_calls", most.concurrentCalls());
        // Nothing but the box's own size bounds these.
        body.putNull("max_ring_groups").putNull("max_virtual_receptionists").putNull("max_call_queues").putNull("max_conference_rooms");
        company.avatar().ifPresent(file -> body.put("avatar_file_name", file.name()).put("avatar_file_size", file.size())
                .put("avatar_file_url", file.url()));
        return Answer.ok(body);
    }
}
