package gatehouse.roles;

import gatehouse.listing.ListQuery;
import gatehouse.listing.Page;
import gatehouse.store.Store.Tx;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** All roles: the built-in ones (contract, "Conventions") and the company's own, in memory beside the store, because every request asks. Thread-safe. */
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
            new Role("SystemAdmin", "May do everything on this box", ALL, true),
            new Role("Replicator", "Reads the system for another box", Set.of("system.information"), true),
            new Role("Dealer", "Sells and looks after boxes", Set.of("system.information", "system.dealer"), true),
            new Role("Admin", "Runs the company's phones", without(ALL, "system.dealer", "system.tenant"), true),
            new Role("StandardUser", "Calls inside and within the country", STANDARD, true),
            new Role("StandardInternationalUser", "Calls abroad as well", with(STANDARD, "policies.international_calls"), true),
            new Role("QueueManager", "Sees the company's calls and reports", with(STANDARD, "company_call_log.call_log_view_only",
                    "company_call_log.call_recording_view_only", "analytics.call_report_view_only", "analytics.call_report_full_access"), true));

    private final RoleStore store;
    private final Map<String, Role> byKey = new ConcurrentHashMap<>();

    public Roles(RoleStore store) {
        this.store = store;
        store.keepBuiltIn(builtIn);
        store.all().forEach(this::remember);
    }

    void remember(Role role) {
        byKey.put(RoleStore.key(role.name()), role);
    }

    void forget(Role role) {
        byKey.remove(RoleStore.key(role.name()));
    }

    Page<Role> page(ListQuery query) {
        return store.page(query);
    }

    /** Case is ignored. */
    public Optional<Role> named(String name) {
        return Optional.ofNullable(byKey.get(RoleStore.key(name)));
    }

    /** As it stands within {@code tx}: for who gives the role to somebody, so that it cannot go meanwhile. */
    public Optional<Role> named(Tx tx, String name) {
        return store.named(tx, name);
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
