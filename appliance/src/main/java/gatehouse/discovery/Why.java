package gatehouse.discovery;

import gatehouse.discovery.Step.Rung;
import gatehouse.redirection.Trouble;
import gatehouse.identity.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a phone stands, and what to do when that is not the top.
 *
 * @param stands what can be said of it in a sentence
 * @param cure   what to do next; empty when nothing needs to be done
 */
record Why(String stands, String cure) {
    /**
     * @param number         whose place it registers in; empty when its user is disabled or has none
     * @param registeredAt   where it is registered now
     * @param pnp            whether the box answers phones that ask their network
     */
    record Facts(boolean known, Optional<String> number, Optional<String> registeredAt, boolean pnp, List<Step> steps) {
        Optional<Step> last(Rung... rungs) {
            var wanted = Arrays.asList(rungs);
            return steps.stream().filter(step -> wanted.contains(step.rung())).reduce((_, later) -> later);
        }
    }

    static Why of(Facts facts) {
        if (!facts.known) {
            return facts.steps.isEmpty()
                    ? new Why("The box has never heard of this MAC.", "Check the MAC on the phone's label, its cable and power, and that it is on the same network "
                    + "as the box. Then give a user this phone, and type the provisioning address into the phone's own page.")
                    : new Why("It is on the network at " + facts.steps.getLast().address() + ", but is nobody's.", Refusal.UNKNOWN.cure());
        }
        if (facts.registeredAt.isPresent()) {
            return new Why("It is registered as " + facts.number.orElse("-") + " from " + facts.registeredAt.get() + ".", "");
        }
        if (facts.number.isEmpty()) {
            return new Why("It cannot register: " + Refusal.USER_OFF.why() + ".", Refusal.USER_OFF.cure());
        }
        return facts.last(Rung.HEARD, Rung.ASKED, Rung.REFUSED, Rung.FETCHED, Rung.REGISTER_REFUSED, Rung.REGISTERED, Rung.UNREGISTERED)
                .or(() -> facts.last(Rung.REDIRECTED, Rung.REDIRECT_REFUSED)).map(last -> stopped(last, facts)).orElseGet(() -> silent(facts));
    }

    private static Why silent(Facts facts) {
        return new Why("It has not come for its files yet.", "Restart the phone. If it still does not come, type its provisioning address into its own page"
                + (facts.pnp ? "; check that it is on the same network as the box." : ", or let the box answer phones on its network (pnp)."));
    }

    private static Why stopped(Step last, Facts facts) {
        return switch (last.rung()) {
            case HEARD -> new Why("It asked its network and was told where its files are, but did not fetch them.", "Check that the phone reaches the box's HTTP "
                    + "port, and that its page does not forbid what PnP tells; then restart it.");
            case REDIRECTED -> new Why(last.detail() + " leads it here, but it has not come for its files yet.", "Connect it to the Internet and set it back to its "
                    + "factory settings: only then it asks its maker. If it was set up before, restarting is not enough.");
            case REDIRECT_REFUSED -> redirectRefused(last);
            case ASKED, LOGGED -> new Why("It asked for " + last.detail() + ".", "Wait a minute, then restart the phone.");
            case REFUSED -> refused(last, facts);
            case FETCHED -> new Why("It has its files (" + last.detail() + "), but has not registered since.", "Wait a minute and restart the phone. If it still does "
                    + "not register, check that it reaches the box's SIP port, and that its transport is one the network lets through.");
            case REGISTER_REFUSED -> new Why("Its registration is refused: " + last.detail() + ".", "The phone has an old password: restart it, so that it "
                    + "fetches its files again. If somebody typed the password, type it anew; after too many wrong ones wait 15 minutes.");
            case REGISTERED, UNREGISTERED -> new Why("It was registered, but is no longer.", "Check the phone's cable and power, then restart it.");
        };
    }

    private static Why redirectRefused(Step last) {
        var trouble = Arrays.stream(Trouble.values()).filter(one -> last.detail().startsWith(one.name() + ":")).findFirst();
        return new Why("It has not come for its files yet, and its maker's redirect service was not told: " + trouble.map(Trouble::why).orElse("it said no")
                + " (" + last.detail().replaceFirst("^\\w+: ", "") + ").", trouble.map(Trouble::cure).orElse("Tell it again."));
    }

    /** A phone that has its files asks for others that are not there: that stops nothing. */
    private static Why refused(Step last, Facts facts) {
        var why = Arrays.stream(Refusal.values()).filter(one -> last.detail().startsWith(one.name())).findFirst();
        var fetched = facts.last(Rung.FETCHED, Rung.REGISTER_REFUSED, Rung.REGISTERED, Rung.UNREGISTERED);
        if (why.equals(Optional.of(Refusal.NO_FILE)) && fetched.isPresent()) {
            return stopped(fetched.get(), facts);
        }
        return new Why("It was not sent to its files: " + why.map(Refusal::why).orElse(last.detail()) + ".", why.map(Refusal::cure).orElse("Restart the phone."));
    }
}
