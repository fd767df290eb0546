package gatehouse.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.calls.CallMachine.Action;
import gatehouse.calls.CallMachine.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules of a call, as stories: what comes in after {@code >}, what the call does about it after {@code <}. */
class CallMachineTest {
    @Test
    void one_phone_rings_answers_and_is_hung_up_by_the_caller() {
        check("""
                > call 1
                > ringing 0
                < ring 0
                > answer 0
                < connect 0
                > caller ends
                < end 0, finish 200 CALLER_DISCONNECTED
                """);
    }

    @Test
    void the_called_phone_hangs_up() {
        check("""
                > call 1
                > answer 0
                < connect 0
                > end 0
                < end caller, finish 200 CALLEE_DISCONNECTED
                """);
    }

    @Test
    void a_single_phone_may_send_early_media_but_one_of_several_only_rings() {
        check("""
                > call 1
                > early 0
                < early 0
                """);
        check("""
                > call 2
                > early 1
                < ring 1
                """);
    }

    @Test
    void the_first_answer_of_a_fork_ends_the_other_branches() {
        check("""
                > call 3
                > answer 1
                < connect 1, end 0, end 2
                """);
    }

    @Test
    void a_phone_picked_up_a_moment_too_late_is_told_it_is_over() {
        check("""
                > call 2
                > answer 0
                < connect 0, end 1
                > answer 1
                < end 1
                > end 1
                < nothing
                > caller ends
                < end 0, finish 200 CALLER_DISCONNECTED
                > answer 1
                < end 1
                """);
    }

    @Test
    void one_busy_phone_does_not_end_the_fork() {
        check("""
                > call 2
                > refuse 0 486
                < nothing
                > answer 1
                < connect 1
                """);
    }

    @Test
    void busy_is_the_best_refusal_in_whatever_order_it_comes() {
        check("""
                > call 3
                > refuse 0 486
                < nothing
                > refuse 1 404
                < nothing
                > refuse 2 503
                < refuse caller 486, finish 486 CALLEE_DISCONNECTED
                """);
        check("""
                > call 2
                > refuse 0 408
                < nothing
                > refuse 1 486
                < refuse caller 486, finish 486 CALLEE_DISCONNECTED
                """);
    }

    @Test
    void a_phone_that_cannot_be_reached_or_leads_elsewhere_is_temporarily_unavailable() {
        for (var status : List.of(302, 401, 407, 408, 500, 503)) {
            check("""
                    > call 1
                    > refuse 0 %d
                    < refuse caller 480, finish 480 CALLEE_DISCONNECTED
                    """.formatted(status));
        }
    }

    @Test
    void a_decline_speaks_for_all_phones() {
        check("""
                > call 3
                > refuse 1 603
                < refuse caller 603, end 0, end 2, finish 603 CALLEE_DISCONNECTED
                """);
    }

    @Test
    void a_caller_who_gives_up_stops_every_phone() {
        check("""
                > call 2
                > ringing 1
                < ring 1
                > cancel
                < end 0, end 1, finish 487 CANCELLED
                > refuse 0 487
                < nothing
                > refuse 1 487
                < nothing
                """);
    }

    @Test
    void nobody_answers() {
        check("""
                > call 2
                > nobody
                < refuse caller 480, end 0, end 1, finish 480 CANCELLED
                """);
    }

    @Test
    void the_time_to_answer_means_nothing_once_they_talk() {
        check("""
                > call 1
                > answer 0
                < connect 0
                > nobody
                < nothing
                """);
    }

    @Test
    void a_call_can_be_ended_from_outside() {
        check("""
                > call 2
                > destroy
                < refuse caller 480, end 0, end 1, finish 487 CANCELLED
                """);
        check("""
                > call 1
                > answer 0
                < connect 0
                > destroy
                < end caller, end 0, finish 200
                """);
    }

    @Test
    void who_hands_a_call_on_is_out_of_it_and_the_other_is_not() {
        check("""
                > call 1
                > caller transfers
                < nothing
                > answer 0
                < connect 0
                > caller transfers
                < end caller, finish 200 BLIND_TRANSFER_COMPLETED
                """);
        check("""
                > call 1
                > answer 0
                < connect 0
                > callee transfers
                < end 0, finish 200 BLIND_TRANSFER_COMPLETED
                """);
    }

    @Test
    void who_joins_two_calls_is_out_of_both_and_each_says_why() {
        check("""
                > call 2
                > callee joins
                < nothing
                > answer 1
                < connect 1, end 0
                > callee joins
                < end 1, finish 200 CONSULT_TRANSFER_COMPLETED
                > end 1
                < nothing
                """);
        check("""
                > call 1
                > answer 0
                < connect 0
                > caller joins
                < end caller, finish 200 CONSULT_TRANSFER_COMPLETED
                """);
    }

    @Test
    void a_box_that_stops_ends_ringing_and_talking_calls() {
        check("""
                > call 2
                > stop
                < refuse caller 503, end 0, end 1, finish 503
                """);
        check("""
                > call 1
                > answer 0
                < connect 0
                > stop
                < end caller, end 0, finish 200
                > stop
                < nothing
                """);
    }

    /** Plays the story's inputs and compares what the call did with what the story says. */
    private static void check(String story) {
        var told = new ArrayList<String>();
        CallMachine.State state = null;
        for (var line : story.lines().filter(line -> line.startsWith("> ")).toList()) {
            told.add(line);
            var words = line.substring(2).split(" ");
            if (words[0].equals("call")) {
                state = CallMachine.begin(Integer.parseInt(words[1]));
            } else {
                var step = CallMachine.on(state, input(words));
                state = step.next();
                told.add("< " + (step.actions().isEmpty() ? "nothing"
                        : step.actions().stream().map(CallMachineTest::told).collect(Collectors.joining(", "))));
            }
        }
        assertEquals(story.strip(), String.join("\n", told));
    }

    private static Input input(String[] words) {
        return switch (String.join(" ", words).replaceAll(" \\d+", "")) {
            case "ringing" -> new Input.Ringing(branch(words), false);
            case "early" -> new Input.Ringing(branch(words), true);
            case "answer" -> new Input.Answered(branch(words));
            case "refuse" -> new Input.Refused(branch(words), Integer.parseInt(words[2]));
            case "end" -> new Input.BranchEnded(branch(words));
            case "caller ends" -> new Input.CallerEnded();
            case "cancel" -> new Input.CallerCancelled();
            case "nobody" -> new Input.NobodyAnswered();
            case "stop" -> new Input.Stopping();
            case "destroy" -> new Input.Destroyed();
            case "caller transfers" -> new Input.Transferred(true, EndReason.BLIND_TRANSFER_COMPLETED);
            case "callee transfers" -> new Input.Transferred(false, EndReason.BLIND_TRANSFER_COMPLETED);
            case "caller joins" -> new Input.Transferred(true, EndReason.CONSULT_TRANSFER_COMPLETED);
            case "callee joins" -> new Input.Transferred(false, EndReason.CONSULT_TRANSFER_COMPLETED);
            default -> throw new AssertionError("No such input: " + String.join(" ", words));
        };
    }

    private static int branch(String[] words) {
        return Integer.parseInt(words[1]);
    }

    private static String told(Action action) {
        return switch (action) {
            case Action.Ring(var early, var branch) -> (early ? "early " : "ring ") + branch;
            case Action.Connect(var branch) -> "connect " + branch;
            case Action.RefuseCaller(var status) -> "refuse caller " + status;
            case Action.EndCaller() -> "end caller";
            case Action.EndBranch(var branch) -> "end " + branch;
            case Action.Finish(var status, var reason) -> "finish " + status + reason.map(why -> " " + why).orElse("");
        };
    }
}
