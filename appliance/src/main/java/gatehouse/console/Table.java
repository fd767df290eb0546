package gatehouse.console;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns that fit a terminal of 80; the widest gives way first. */
public final class Table {
    private static final int WIDTH = 79;
    private static final int GAP = 2;

    private Table() {
    }

    public static String of(List<String> heads, List<List<String>> rows) {
        var widths = IntStream.range(0, heads.size()).map(column -> Math.max(heads.get(column).length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))).toArray();
        while (Arrays.stream(widths).sum() + GAP * (widths.length - 1) > WIDTH) {
            widths[widest(widths)]--;
        }
        return line(heads, widths) + rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private static int widest(int[] widths) {
        return IntStream.range(0, widths.length).reduce((one, other) -> widths[other] > widths[one] ? other : one).orElse(0);
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            var cell = cells.get(column);
            line.append(cell.length() > widths[column] ? cell.substring(0, Math.max(0, widths[column] - 1)) + "~" : cell);
            line.repeat(' ', Math.max(0, widths[column] - cell.length()) + GAP);
        }
        return line.toString().stripTrailing() + "\n";
    }
}
