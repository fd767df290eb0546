package gatehouse.notifications;

import gatehouse.balance.BalanceEvent;
import gatehouse.calls.CallEvent;
import gatehouse.calls.CallsFull;
import gatehouse.core.Events;
import gatehouse.emergency.EmergencyNumbers;
import gatehouse.ipfilters.IpRuleEvent;
import gatehouse.signin.SignInEvent;
import gatehouse.sip.ShutOut;
import gatehouse.sip.SipEvent;
import gatehouse.system.MachineEvent;
import gatehouse.users.User;
import gatehouse.users.Users;
import gatehouse.users.UsersFull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Mails what happens on the box: calls for help, a limit that is reached, a disk that fills, an address that was shut out, money that came.
 * What can happen many times a minute is told once an hour. Called on the thread of events alone.
 */
public final class BoxNotices {
    private static final Duration QUIET = Duration.ofHours(1);
    private static final String IP_BLOCKED = "notify_ip_blocked";

    private final Letters letters;
    private final Users users;
    private final Supplier<List<String>> emergencyNumbers;
    private final Clock clock;
    private final Map<String, Told> told = new HashMap<>(); // by what it was about: as many as there are kinds

    /** @param since how many more there were after that */
    private record Told(Instant at, int since) { }

    public BoxNotices(Letters letters, Users users, Supplier<List<String>> emergencyNumbers, Clock clock) {
        this.letters = letters;
        this.users = users;
        this.emergencyNumbers = emergencyNumbers;
        this.clock = clock;
    }

    public void listen(Events events) {
        events.on(CallEvent.class, this::call);
        events.on(BalanceEvent.class, this::recharge);
        events.on(MachineEvent.Exceeded.class, this::machine);
        events.on(CallsFull.class, full -> limit(full.most() + " calls at once"));
        events.on(UsersFull.class, full -> limit(full.most() + " users"));
        events.on(IpRuleEvent.Blocked.class, blocked -> shutOut(blocked.address(), "a rule of the IP filters blocks it"));
        events.on(SignInEvent.LockedOut.class, locked -> shutOut(locked.address(), "too many wrong passwords for the user " + locked.name()));
        events.on(ShutOut.class, flood -> shutOut(flood.address(), "it sends more SIP requests than the settings allow"));
        events.on(SipEvent.LockedOut.class, locked -> shutOut(locked.address(), "too many wrong SIP passwords for " + locked.username()));
    }

    /** Told when it begins, so that somebody can run; and again when nobody answered, a refusal by the box itself among that. */
    private void call(CallEvent event) {
        switch (event) {
            case CallEvent.Started(var call) when isEmergency(call.callee()) -> emergency(call.caller(), call.callerDisplayName(), call.callee(),
                    call.startedAt(), "");
            case CallEvent.Ended(_, var record) when record.answeredAt().isEmpty() && isEmergency(record.destination()) -> emergency(record.caller(),
                    record.callerDisplayName(), record.destination(), record.startedAt(), "The call did not get through (SIP " + record.statusCode() + ").");
            default -> { }
        }
    }

    /** An extension may begin like an emergency number. */
    private boolean isEmergency(String dialled) {
        return EmergencyNumbers.among(emergencyNumbers.get(), dialled) && users.byNumber(dialled).isEmpty();
    }

    private void emergency(String caller, String name, String number, Instant at, String outcome) {
        letters.tellCompany(EmailTemplate.EMERGENCY_CALL, Map.of("caller", caller, "display_name", name.isBlank() ? caller : name, "number", number, "time",
                letters.time(at), "outcome", outcome));
    }

    private void recharge(BalanceEvent event) {
        switch (event) {
            case BalanceEvent.UserRecharged(var id, var by, var balance) -> users.byId(id).filter(User::enabled).ifPresent(user ->
                    letters.recharged(user.email(), user.displayName(), by.toString(), balance.toString(), now()));
            case BalanceEvent.CompanyRecharged(var by, var balance) -> letters.companyRecharged(by.toString(), balance.toString(), now());
        }
    }

    private Instant now() {
        return clock.instant();
    }

    private void machine(MachineEvent.Exceeded event) {
        var percent = Math.round(event.use().percent()) + " %";
        var limit = "That is more than the " + number(event.threshold()) + " % that the settings allow.\n";
        switch (event.part()) {
            case DISK -> letters.tellCompany(EmailTemplate.DISK_LOW, Map.of("used", size(event.use().used()), "size", size(event.use().size()), "time",
                    letters.time(now())));
            case PROCESSOR -> letters.tellCompany("notify_cpu_exceeded_threshold", "The processor is busy", "The processor has been busy for " + percent
                    + " of the last minutes, at " + letters.time(now()) + ". " + limit);
            case MEMORY -> letters.tellCompany("notify_memory_exceeded_threshold", "The memory is nearly full", percent + " of "
                    + size(event.use().size()) + " are in use at " + letters.time(now()) + ". " + limit);
        }
    }

    private static String number(double threshold) {
        return threshold == Math.rint(threshold) ? Long.toString(Math.round(threshold)) : Double.toString(threshold);
    }

    private static String size(long bytes) {
        return String.format(Locale.ENGLISH, "%.1f GB", bytes / 1e9);
    }

    private void limit(String what) {
        speak(what).ifPresent(_ -> letters.tellCompany(EmailTemplate.LICENSE_LIMITED, Map.of("limit", what, "time", letters.time(now()))));
    }

    private void shutOut(String address, String why) {
        if (letters.writes(IP_BLOCKED)) {
            speak(IP_BLOCKED).ifPresent(others -> letters.tellCompany(IP_BLOCKED, address + " was shut out", address + " was turned away at "
                    + letters.time(now()) + ": " + why + ".\n" + (others > 0 ? "Since the last message that happened " + others + " more times.\n" : "")
                    + "The event log has the others of the next hour.\n"));
        }
    }

    /** How often it was kept quiet since somebody heard of it; empty while it is to be quiet. */
    private Optional<Integer> speak(String about) {
        var last = told.get(about);
        if (last != null && now().isBefore(last.at().plus(QUIET))) {
            told.put(about, new Told(last.at(), last.since() + 1));
            return Optional.empty();
        }
        told.put(about, new Told(now(), 0));
        return Optional.of(last == null ? 0 : last.since());
    }
}
