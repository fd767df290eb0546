package gatehouse.provisioning;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, in the lines that {@code diff -u} writes: hunks with three lines around each change. Pure. */
final class UnifiedDiff {
    private static final int AROUND = 3;
    private static final long MOST_CELLS = 4_000_000; // 2,000 by 2,000 lines that differ; beyond it all between the first and the last counts as changed

    private UnifiedDiff() {
    }

    /** @param kind {@code ' '}, {@code '-'} or {@code '+'} */
    private record Line(char kind, String text) { }

    /** Empty when they are the same. */
    static List<String> of(List<String> before, List<String> now) {
        return hunks(lines(before, now));
    }

    private static List<Line> lines(List<String> before, List<String> now) {
        int head = 0;
        while (head < before.size() && head < now.size() && before.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < before.size() - head && tail < now.size() - head
                && before.get(before.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        var lines = new ArrayList<Line>();
        before.subList(0, head).forEach(line -> lines.add(new Line(' ', line)));
        between(before.subList(head, before.size() - tail), now.subList(head, now.size() - tail), lines);
        before.subList(before.size() - tail, before.size()).forEach(line -> lines.add(new Line(' ', line)));
        return lines;
    }

    /** The longest common subsequence, row by row from the end. */
    private static void between(List<String> before, List<String> now, List<Line> lines) {
        int rows = before.size();
        int columns = now.size();
        if ((long) rows * columns > MOST_CELLS) {
            before.forEach(line -> lines.add(new Line('-', line)));
            now.forEach(line -> lines.add(new Line('+', line)));
            return;
        }
        var longest = new short[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                longest[i][j] = before.get(i).equals(now.get(j)) ? (short) (longest[i + 1][j + 1] + 1)
                        : (short) Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            if (i < rows && j < columns && before.get(i).equals(now.get(j))) {
                lines.add(new Line(' ', before.get(i++)));
                j++;
            } else if (j == columns || i < rows && longest[i + 1][j] >= longest[i][j + 1]) {
                lines.add(new Line('-', before.get(i++)));
            } else {
                lines.add(new Line('+', now.get(j++)));
            }
        }
    }

    private static List<String> hunks(List<Line> lines) {
        var out = new ArrayList<String>();
        int old = 1;
        int fresh = 1;
        for (int i = 0; i < lines.size(); ) {
            if (!nearChange(lines, i)) {
                old++;
                fresh++;
                i++;
                continue;
            }
            int end = i;
            while (end < lines.size() && nearChange(lines, end)) {
                end++;
            }
            var hunk = lines.subList(i, end);
            int removed = (int) hunk.stream().filter(line -> line.kind != '+').count();
            int added = (int) hunk.stream().filter(line -> line.kind != '-').count();
            out.add("@@ -" + range(old, removed) + " +" + range(fresh, added) + " @@");
            hunk.forEach(line -> out.add(line.kind + line.text));
            old += removed;
            fresh += added;
            i = end;
        }
        return out;
    }

    /** An empty range is said to begin at the line before it. */
    private static String range(int from, int count) {
        return (count == 0 ? from - 1 : from) + (count == 1 ? "" : "," + count);
    }

    private static boolean nearChange(List<Line> lines, int at) {
        for (int i = Math.max(0, at - AROUND); i <= Math.min(lines.size() - 1, at + AROUND); i++) {
            if (lines.get(i).kind != ' ') {
                return true;
            }
        }
        return false;
    }
}
