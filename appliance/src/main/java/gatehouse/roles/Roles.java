package gatehouse.roles;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The built-in roles (contract, "Conventions"). Immutable. */
public final class Roles {
    /** The whole tree, in the contract's order. */
    static final Set<String> ALL = new LinkedHashSet<>(List.of("general.voicemail_view_only", "general.voicemail_full_access", "general.meeting",
            "system.information", "system.dealer", "system.tenant", "trunk.view_only", "trunk.full_access", "company.view_only", "company.full_access",
            "company_call_log.call_log_view_only", "company_call_log.call_log_full_access", "company_call_log.call_recording_view_only",
            "company_call_log.call_recording_full_access", "phone_system.view_only", "phone_system.full_access", "user_management.roles",
            "user_management.users", "user_call_log.call_log_view_only", "user_call_log.call_log_full_access", "user_call_log.call_recording_view_only",
            "user_call_log.call_recording_full_access", "policies.domestic_calls", "policies.internal_calls", "policies.international_calls",
            "analytics.call_report_view_only", "analytics.call_report_full_access", "billing.view_only", "billing.full_access"));
    private static final Set<String> STANDARD = Set.of("general.voicemail_view_only", "general.voicemail_full_access", "general.meeting",
            "user_call_log.call_log_view_only", "user_call_log.call_recording_view_only", "policies.domestic_calls", "policies.internal_calls");

    private final List<Role> builtIn = List.of(
            new Role("SystemAdmin", "May do everything on this box", ALL),
            new Role("Replicator", "Reads the system for another box", Set.of("system.information")),
            new Role("Dealer", "Sells and looks after boxes", Set.of("system.information", "system.dealer")),
            new Role("Admin", "Runs the company's phones", without(ALL, "system.dealer", "system.tenant")),
            new Role("StandardUser", "Calls inside and within the country", STANDARD),
            new Role("StandardInternationalUser", "Calls abroad as well", with(STANDARD, "policies.international_calls")),
            new Role("QueueManager", "Sees the company's calls and reports", with(STANDARD, "company_call_log.call_log_view_only",
                    "company_call_log.call_recording_view_only", "analytics.call_report_view_only", "analytics.call_report_full_access")));

    public List<Role> all() {
        return builtIn;
    }

    /** Case is ignored. */
    public Optional<Role> named(String name) {
        return builtIn.stream().filter(role -> role.name().equalsIgnoreCase(name)).findFirst();
    }

    private static Set<String> with(Set<String> some, String... more) {
        var all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static Set<String> without(Set<String> some, String... less) {
        var rest = new TreeSet<>(some);
        List.of(less).forEach(rest::remove);
        return rest;
    }
}
