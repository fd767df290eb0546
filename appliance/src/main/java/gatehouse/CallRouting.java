package gatehouse;

import gatehouse.calls.Directory;
import gatehouse.calls.Way;
import gatehouse.calls.Way.Untaken;
import gatehouse.company.Company;
import gatehouse.contacts.Contacts;
import gatehouse.forwarding.Callee;
import gatehouse.forwarding.Forwards;
import gatehouse.forwarding.Route;
import gatehouse.holidays.Holidays;
import gatehouse.hotdesking.HotDesks;
import gatehouse.queues.Lines;
import gatehouse.roles.Role;
import gatehouse.roles.Roles;
import gatehouse.security.Barring;
import gatehouse.security.Security;
import gatehouse.security.Verdict;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Whom calls ring, by what people have set: their rules of forwarding and their presence, the company's bars, and what the callee calls the
 * caller. Wired by hand like {@link Gatehouse}, whose part it is. Thread-safe.
 */
final class CallRouting implements Directory {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final Duration RINGS = Duration.ofMinutes(1); // where no person's rule says for how long

    /**
     * What the office knows, as far as a call needs it.
     *
     * @param users     people with an extension who may call and be called
     * @param desks     the phones that are nobody's, by their number
     * @param nameOf    what one user, by id, calls a number
     * @param outside   whether somebody, by the role, may call a number that is none of the box's
     * @param shutOut   whether a caller from outside is not put through now
     */
    record Office(Function<String, Optional<User>> users, Function<String, Optional<Party>> desks, BiFunction<String, String, Optional<String>> nameOf,
                  BiFunction<Optional<User>, String, Verdict> outside, BiPredicate<String, Instant> shutOut) {
        static Office of(Users users, HotDesks desks, Roles roles, Contacts contacts, Security security) {
            return new Office(number -> users.byNumber(number).filter(User::enabled),
                    number -> desks.byNumber(number).map(desk -> new Party(number, desk.displayName())), contacts::nameOf,
                    (caller, number) -> security.barring().verdict(caller.flatMap(user -> roles.named(user.role())).map(Role::permissions).orElse(Set.of()), number),
                    security::isBlacklisted);
        }
    }

    private final Office office;
    private final Forwards forwards;
    private final Clock clock;
    private final String domain;

    CallRouting(Office office, Forwards forwards, Clock clock, String domain) {
        this.office = office;
        this.forwards = forwards;
        this.clock = clock;
        this.domain = domain;
    }

    /** @param lines how phones stand now */
    static Forwards forwards(Users users, Company company, Holidays holidays, Lines lines) {
        return new Forwards(number -> users.byNumber(number).filter(User::enabled).map(user -> new Callee(user, lines.online(number), lines.onCall(number))),
                company::settings, holidays::isHoliday);
    }

    @Override
    public Optional<Party> byNumber(String number) {
        return office.users.apply(number).map(user -> new Party(number, user.displayName())).or(() -> office.desks.apply(number));
    }

    @Override
    public Way route(Party caller, String dialled) {
        if (byNumber(caller.number()).isEmpty() && office.shutOut.test(caller.number(), clock.instant())) {
            return new Way.Refused(called(dialled), FORBIDDEN);
        }
        return way(caller, forwards.route(dialled, caller.number(), clock.instant()), Optional.empty());
    }

    /** @param why the last of those who sent the call on did not take it; empty when it never rang */
    private Way way(Party caller, Route route, Optional<Untaken> why) {
        return switch (route) {
            case Route.Ring ring -> new Way.Ring(known(caller, ring.number()), called(ring.number()), ring.atMost(), diversion(ring.via(), why),
                    untaken -> onward(caller, ring, untaken));
            case Route.Elsewhere(var number, var via) -> office.desks.apply(number).<Way>map(desk -> new Way.Ring(caller, desk, RINGS,
                    diversion(via, why), Way.Onward.NOWHERE)).orElseGet(() -> new Way.Refused(called(number), outside(caller, number)));
            case Route.Voicemail(var number, var otherwise, var _) -> new Way.Refused(called(number), otherwise);
            case Route.Refused(var number, var status, var _) -> new Way.Refused(called(number), status);
        };
    }

    private Optional<Way.Ring> onward(Party caller, Route.Ring rang, Untaken why) {
        var now = clock.instant();
        var next = switch (why) {
            case UNANSWERED -> forwards.unanswered(rang, caller.number(), now);
            case BUSY -> forwards.refused(rang, caller.number(), now);
            case UNREACHABLE -> forwards.unreachable(rang, caller.number(), now);
        };
        return way(caller, next, Optional.of(why)) instanceof Way.Ring ring ? Optional.of(ring) : Optional.empty();
    }

    private Party called(String number) {
        return byNumber(number).orElse(new Party(number, ""));
    }

    /** The caller as the callee knows them. */
    private Party known(Party caller, String callee) {
        return office.users.apply(callee).flatMap(user -> office.nameOf.apply(caller.number(), user.id())).map(name -> new Party(caller.number(), name)).orElse(caller);
    }

    /** No trunk takes calls yet: what the company bars is forbidden, and anything else is not found. */
    private int outside(Party caller, String number) {
        return switch (office.outside.apply(office.users.apply(caller.number()), number)) {
            case Verdict.CodeDisallowed _, Verdict.CountryNotAllowed _ -> FORBIDDEN;
            case Verdict.NeedsPermission(var permission) when permission.equals(Barring.INTERNATIONAL) -> FORBIDDEN;
            case Verdict.NeedsPermission _, Verdict.NotANumber _, Verdict.Allowed _, Verdict.Emergency _ -> NOT_FOUND; // a mistyped extension, for the most part
        };
    }

    /** Who sent the call on, the last one first (RFC 5806). */
    private Map<String, String> diversion(List<String> via, Optional<Untaken> why) {
        if (via.isEmpty()) {
            return Map.of();
        }
        var entries = new ArrayList<String>();
        for (var number : via.reversed()) {
            var reason = !entries.isEmpty() ? "unknown" : why.map(CallRouting::reason).orElse("unconditional");
            entries.add("<sip:" + number + "@" + domain + ">;reason=" + reason + ";counter=1");
        }
        return Map.of("Diversion", String.join(", ", entries));
    }

    private static String reason(Untaken why) {
        return switch (why) {
            case UNANSWERED -> "no-answer";
            case BUSY -> "user-busy";
            case UNREACHABLE -> "unavailable";
        };
    }
}
