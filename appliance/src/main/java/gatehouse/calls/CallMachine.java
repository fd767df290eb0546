package gatehouse.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The rules of a call between two users, as a function: state and input give the next state and what to do. Nothing here has an
 * effect or knows the time. Branches are the callee's user agents, numbered from 0.
 */
final class CallMachine {
    private CallMachine() {
    }

    sealed interface State {
        /** @param best the best refusal so far (RFC 3261 16.7), or 0 */
        record Alerting(TreeSet<Integer> branches, int best) implements State { }

        record Talking(int branch) implements State { }

        record Over() implements State { }
    }

    sealed interface Input {
        record Ringing(int branch, boolean earlyMedia) implements Input { }

        record Answered(int branch) implements Input { }

        record Refused(int branch, int status) implements Input { }

        record CallerCancelled() implements Input { }

        record CallerEnded() implements Input { }

        record BranchEnded(int branch) implements Input { }

        record NobodyAnswered() implements Input { }

        /** Somebody who may has the call ended. */
        record Destroyed() implements Input { }

        /** One side handed the call on, and is out of it; the other side goes on in another call. */
        record Transferred(boolean byCaller, EndReason reason) implements Input { }

        /** The box stops, or the call's owner cannot go on. */
        record Stopping() implements Input { }
    }

    sealed interface Action {
        record Ring(boolean withEarlyMedia, int branch) implements Action { }

        record Connect(int branch) implements Action { }

        record RefuseCaller(int status) implements Action { }

        record EndCaller() implements Action { }

        record EndBranch(int branch) implements Action { }

        /** The last thing: write the record, give everything back. */
        record Finish(int status, Optional<EndReason> reason) implements Action { }
    }

    record Step(State next, List<Action> actions) { }

    /** A call to {@code branches} user agents begins. */
    static State begin(int branches) {
        return new State.Alerting(new TreeSet<>(IntStream.range(0, branches).boxed().toList()), 0);
    }

    static Step on(State state, Input input) {
        return switch (state) {
            case State.Alerting alerting -> alerting(alerting, input);
            case State.Talking(var branch) -> talking(branch, input);
            case State.Over over -> new Step(over, late(input));
        };
    }

    private static Step alerting(State.Alerting state, Input input) {
        return switch (input) {
            // Early media of one phone only: of several, nobody could say whose it is.
            case Input.Ringing(var branch, var early) -> new Step(state, List.of(new Action.Ring(early && state.branches.size() == 1, branch)));
            case Input.Answered(var branch) -> new Step(new State.Talking(branch),
                    with(new Action.Connect(branch), endAll(state, branch)));
            case Input.Refused(var branch, var status) -> refused(state, branch, status);
            case Input.CallerCancelled(), Input.CallerEnded() -> over(endAll(state, -1), new Action.Finish(487, Optional.of(EndReason.CANCELLED)));
            case Input.BranchEnded(var branch) -> refused(state, branch, 480);
            case Input.NobodyAnswered() -> over(with(new Action.RefuseCaller(480), endAll(state, -1)),
                    new Action.Finish(480, Optional.of(EndReason.CANCELLED)));
            case Input.Destroyed() -> over(with(new Action.RefuseCaller(480), endAll(state, -1)),
                    new Action.Finish(487, Optional.of(EndReason.CANCELLED)));
            case Input.Transferred _ -> new Step(state, List.of()); // nobody is there to hand on yet
            case Input.Stopping() -> over(with(new Action.RefuseCaller(503), endAll(state, -1)), new Action.Finish(503, Optional.empty()));
        };
    }

    private static Step refused(State.Alerting state, int branch, int status) {
        var rest = new TreeSet<>(state.branches);
        rest.remove(branch);
        var best = better(state.best, status);
        var left = new State.Alerting(rest, best);
        if (rest.isEmpty() || status >= 600) { // a 6xx speaks for all of them (16.7)
            var answer = status >= 600 ? status : best;
            return over(with(new Action.RefuseCaller(answer), endAll(left, -1)), new Action.Finish(answer, Optional.of(EndReason.CALLEE_DISCONNECTED)));
        }
        return new Step(left, List.of());
    }

    /**
     * Busy says more than any other refusal. A phone that cannot be reached (408, 5xx), or says what is for the box alone (a redirection, a
     * challenge), is temporarily unavailable for the caller.
     */
    private static int better(int best, int status) {
        var mapped = status < 400 || status == 401 || status == 407 || status == 408 || status >= 500 && status < 600 ? 480 : status;
        return best == 0 || mapped == 486 ? mapped : best == 480 ? mapped : best;
    }

    private static Step talking(int branch, Input input) {
        return switch (input) {
            case Input.CallerEnded(), Input.CallerCancelled() -> over(List.of(new Action.EndBranch(branch)),
                    new Action.Finish(200, Optional.of(EndReason.CALLER_DISCONNECTED)));
            case Input.BranchEnded(var ended) when ended == branch -> over(List.of(new Action.EndCaller()),
                    new Action.Finish(200, Optional.of(EndReason.CALLEE_DISCONNECTED)));
            case Input.Stopping(), Input.Destroyed() -> over(List.of(new Action.EndCaller(), new Action.EndBranch(branch)),
                    new Action.Finish(200, Optional.empty()));
            case Input.Transferred(var byCaller, var reason) -> over(List.of(byCaller ? new Action.EndCaller() : new Action.EndBranch(branch)),
                    new Action.Finish(200, Optional.of(reason)));
            case Input.Answered(var other) when other != branch -> new Step(new State.Talking(branch), List.of(new Action.EndBranch(other)));
            case Input.Answered _, Input.Refused _, Input.Ringing _, Input.BranchEnded _, Input.NobodyAnswered() ->
                    new Step(new State.Talking(branch), List.of());
        };
    }

    /** Two phones may be picked up at the same moment; the second is told it is over. */
    private static List<Action> late(Input input) {
        return input instanceof Input.Answered(var branch) ? List.of(new Action.EndBranch(branch)) : List.of();
    }

    private static List<Action> endAll(State.Alerting state, int but) {
        return state.branches.stream().filter(branch -> branch != but).<Action>map(Action.EndBranch::new).toList();
    }

    private static List<Action> with(Action first, List<Action> rest) {
        var all = new ArrayList<Action>(rest);
        all.addFirst(first);
        return all;
    }

    private static Step over(List<Action> before, Action.Finish finish) {
        var all = new ArrayList<>(before);
        all.add(finish);
        return new Step(new State.Over(), all);
    }
}
