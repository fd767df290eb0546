package gatehouse.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    private static List<String> letters(String text) {
        return text.chars().mapToObj(c -> String.valueOf((char) c)).toList();
    }

    @Test
    void what_is_the_same_differs_in_nothing() {
        assertEquals(List.of(), UnifiedDiff.of(letters("abc"), letters("abc")));
        assertEquals(List.of(), UnifiedDiff.of(List.of(), List.of()));
    }

    @Test
    void a_change_stands_among_three_lines_on_each_side() {
        assertEquals(List.of("@@ -3,7 +3,7 @@", " c", " d", " e", "-f", "+X", " g", " h", " i"),
                UnifiedDiff.of(letters("abcdefghijk"), letters("abcdeXghijk")));
    }

    @Test
    void changes_far_apart_are_hunks_of_their_own() {
        assertEquals(List.of("@@ -1,3 +1,4 @@", "+X", " a", " b", " c", "@@ -10,4 +11,3 @@", " j", " k", " l", "-m"),
                UnifiedDiff.of(letters("abcdefghijklm"), letters("Xabcdefghijkl")));
    }

    @Test
    void from_nothing_and_to_nothing() {
        assertEquals(List.of("@@ -0,0 +1,2 @@", "+a", "+b"), UnifiedDiff.of(List.of(), letters("ab")));
        assertEquals(List.of("@@ -1 +0,0 @@", "-a"), UnifiedDiff.of(letters("a"), List.of()));
    }

    @Test
    void whoever_applies_it_has_the_new_text() {
        var seed = Long.getLong("seed", 20261125L);
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var before = some(random, 40);
            var now = random.nextInt(4) == 0 ? some(random, 40) : edited(before, random);
            assertEquals(now, applied(before, UnifiedDiff.of(before, now)), "seed " + seed + " round " + round + ": " + before + " → " + now);
        }
    }

    private static List<String> some(Random random, int most) {
        return random.ints(random.nextInt(most), 0, 6).mapToObj(Integer::toString).toList();
    }

    private static List<String> edited(List<String> before, Random random) {
        var now = new ArrayList<>(before);
        for (int i = random.nextInt(4); i > 0; i--) {
            if (random.nextBoolean() || now.isEmpty()) {
                now.add(random.nextInt(now.size() + 1), "n");
            } else {
                now.remove(random.nextInt(now.size()));
            }
        }
        return now;
    }

    /** As {@code patch} does it, and as strictly. */
    private static List<String> applied(List<String> before, List<String> diff) {
        var now = new ArrayList<String>();
        int at = 0;
        for (var line : diff) {
            if (line.startsWith("@@")) {
                var range = line.split(" ")[1].substring(1).split(",");
                int from = Integer.parseInt(range[0]) - (range.length > 1 && range[1].equals("0") ? 0 : 1);
                while (at < from) {
                    now.add(before.get(at++));
                }
                assertEquals(Integer.parseInt(line.split(" ")[2].substring(1).split(",")[0]), now.size() + (line.endsWith(",0 @@") ? 0 : 1), line);
            } else if (line.startsWith("+")) {
                now.add(line.substring(1));
            } else {
                assertEquals(before.get(at++), line.substring(1));
                if (line.startsWith(" ")) {
                    now.add(line.substring(1));
                }
            }
        }
        now.addAll(before.subList(at, before.size()));
        return now;
    }
}
