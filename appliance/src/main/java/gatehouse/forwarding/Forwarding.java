package gatehouse.forwarding;

import gatehouse.forwarding.Rule.Action;
import gatehouse.users.User;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One user's rules (contract, "Forwarding" and "Presence"). Where a user has set none: do not disturb, a phone that is off, and nobody who
 * answers lead to voicemail; who is away, at lunch or on a trip is rung as their phones stand; a busy phone is rung, and says itself whether
 * it takes a second call. Pure.
 */
public final class Forwarding {
    /** RFC 3261 21.4.24, 21.4.18, 21.6.2. */
    private static final int BUSY_HERE = 486;
    private static final int TEMPORARILY_UNAVAILABLE = 480;
    private static final int DECLINE = 603;

    private Forwarding() {
    }

    /**
     * When a call comes.
     *
     * @param officeHours whether these are the user's, which on a holiday they are not
     * @param at          the time where the company is
     * @param callerId    empty for a caller who withholds it
     */
    public static Decision arrival(Callee callee, boolean officeHours, LocalDateTime at, String callerId) {
        var custom = custom(callee.user(), at, callerId);
        if (custom.isPresent() && (custom.get().action() != Action.RING_ANYWAY || callee.registered())) {
            var as = callee.onCall() ? Situation.BUSY : Situation.AVAILABLE;
            return decide(callee.user(), custom.get(), as, DECLINE);
        }
        for (var situation : callee.situations()) {
            var rule = rule(callee.user(), situation.field(officeHours));
            if (rule.isPresent()) {
                return decide(callee.user(), rule.get(), situation, refusal(situation));
            }
            if (situation == Situation.DND) {
                return new Decision.Voicemail("", BUSY_HERE);
            }
        }
        return switch (callee.situations().getLast()) {
            case OFFLINE -> new Decision.Voicemail("", TEMPORARILY_UNAVAILABLE);
            case BUSY -> ring(callee.user(), Situation.BUSY);
            default -> ring(callee.user(), Situation.AVAILABLE);
        };
    }

    /** When phones rang, as {@link Decision.Ring} said, and nobody answered. */
    public static Decision unanswered(User user, Situation rangAs) {
        return rule(user, rangAs.noAnswerField()).map(rule -> decide(user, rule, rangAs, TEMPORARILY_UNAVAILABLE))
                .orElse(new Decision.Voicemail("", TEMPORARILY_UNAVAILABLE));
    }

    /** When the phone that rang said that it is busy, whatever the box thought: there is no ringing anyway any more. */
    public static Decision refused(User user, boolean officeHours) {
        return rule(user, Situation.BUSY.field(officeHours)).filter(rule -> rule.action() != Action.RING_ANYWAY)
                .map(rule -> decide(user, rule, Situation.BUSY, BUSY_HERE)).orElse(new Decision.Voicemail("", BUSY_HERE));
    }

    /** When no phone could be reached, although one was registered. */
    public static Decision unreachable(User user, boolean officeHours) {
        return rule(user, Situation.OFFLINE.field(officeHours)).map(rule -> decide(user, rule, Situation.OFFLINE, TEMPORARILY_UNAVAILABLE))
                .orElse(new Decision.Voicemail("", TEMPORARILY_UNAVAILABLE));
    }

    private static Optional<Rule> custom(User user, LocalDateTime at, String callerId) {
        return StreamSupport.stream(user.settings().path("custom_forward_rules").spliterator(), false).map(CustomRule::of).flatMap(Optional::stream)
                .filter(rule -> rule.covers(callerId, at)).map(CustomRule::rule).findFirst();
    }

    private static Optional<Rule> rule(User user, String field) {
        return Rule.of(user.settings().path(field));
    }

    private static Decision decide(User user, Rule rule, Situation situation, int refusal) {
        return switch (rule.action()) {
            case FORWARD_TO_NUMBER -> new Decision.Forward(rule.number());
            case FORWARD_TO_VOICEMAIL -> new Decision.Voicemail(rule.number(), refusal == DECLINE ? TEMPORARILY_UNAVAILABLE : refusal);
            case HANGUP -> new Decision.Refuse(refusal);
            case RING_ANYWAY -> ring(user, situation == Situation.BUSY ? Situation.BUSY : Situation.AVAILABLE);
        };
    }

    private static int refusal(Situation situation) {
        return switch (situation) {
            case DND, BUSY -> BUSY_HERE;
            case AVAILABLE -> DECLINE;
            case AWAY, LUNCH, TRIP, OFFLINE -> TEMPORARILY_UNAVAILABLE;
        };
    }

    /** For as long as the rule says that takes over then; one of no seconds takes over at once. */
    private static Decision ring(User user, Situation as) {
        var atMost = rule(user, as.noAnswerField()).map(Rule::timeout).orElse(Rule.DEFAULT_TIMEOUT);
        return atMost.equals(Duration.ZERO) ? unanswered(user, as) : new Decision.Ring(as, atMost);
    }
}
