package gatehouse.qr;

/** The modules of a QR code of one version, with what is the same in every code of it (ISO/IEC 18004, 6.3). */
final class Grid {
    static final int MASKS = 8;
    private static final int FORMAT_POLYNOMIAL = 0x537;
    private static final int FORMAT_MASK = 0x5412;
    private static final int VERSION_POLYNOMIAL = 0x1f25;

    final int size;
    private final int version;
    private final boolean[][] dark;
    private final boolean[][] fixed;

    Grid(int version) {
        this.version = version;
        size = version * 4 + 17;
        dark = new boolean[size][size];
        fixed = new boolean[size][size];
        for (int i = 0; i < size; i++) {
            fix(6, i, i % 2 == 0);
            fix(i, 6, i % 2 == 0);
        }
        finder(3, 3);
        finder(size - 4, 3);
        finder(3, size - 4);
        alignments();
        format(0);
        version();
    }

    private Grid(Grid other) {
        version = other.version;
        size = other.size;
        dark = copy(other.dark);
        fixed = other.fixed;
    }

    private static boolean[][] copy(boolean[][] rows) {
        var copy = new boolean[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    boolean isDark(int x, int y) {
        return dark[y][x];
    }

    boolean isFixed(int x, int y) {
        return fixed[y][x];
    }

    private void fix(int x, int y, boolean isDark) {
        if (x >= 0 && y >= 0 && x < size && y < size) {
            dark[y][x] = isDark;
            fixed[y][x] = true;
        }
    }

    private void finder(int x, int y) {
        for (int dy = -4; dy <= 4; dy++) {
            for (int dx = -4; dx <= 4; dx++) {
                int ring = Math.max(Math.abs(dx), Math.abs(dy));
                fix(x + dx, y + dy, ring != 2 && ring != 4);
            }
        }
    }

    private void alignments() {
        var centres = alignmentCentres();
        int last = centres.length - 1;
        for (int i = 0; i <= last; i++) {
            for (int j = 0; j <= last; j++) {
                if (!(i == 0 && j == 0 || i == 0 && j == last || i == last && j == 0)) {
                    alignment(centres[i], centres[j]);
                }
            }
        }
    }

    private void alignment(int x, int y) {
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                fix(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) != 1);
            }
        }
    }

    /** Annex E: evenly spaced by an even number, from the far edge back to 6. */
    private int[] alignmentCentres() {
        if (version == 1) {
            return new int[0];
        }
        int count = version / 7 + 2;
        int step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
        var centres = new int[count];
        centres[0] = 6;
        for (int i = count - 1, at = size - 7; i >= 1; i--, at -= step) {
            centres[i] = at;
        }
        return centres;
    }

    /** 7.9: level M is 00; twice, so that one may be damaged. */
    private void format(int mask) {
        int bits = formatBits(mask);
        for (int i = 0; i < 15; i++) {
            boolean on = (bits >> i & 1) != 0;
            fix(8, i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, on);
            fix(i < 8 ? size - 1 - i : i == 8 ? 7 : 14 - i, 8, on);
        }
        fix(8, size - 8, true);
    }

    static int formatBits(int mask) {
        return (mask << 10 | remainder(mask, 10, FORMAT_POLYNOMIAL)) ^ FORMAT_MASK;
    }

    /** 7.10: from version 7 on. */
    private void version() {
        for (int i = 0; version >= 7 && i < 18; i++) {
            boolean on = (versionBits(version) >> i & 1) != 0;
            fix(size - 11 + i % 3, i / 3, on);
            fix(i / 3, size - 11 + i % 3, on);
        }
    }

    static int versionBits(int version) {
        return version << 12 | remainder(version, 12, VERSION_POLYNOMIAL);
    }

    private static int remainder(int value, int degree, int polynomial) {
        int rest = value;
        for (int i = 0; i < degree; i++) {
            rest = rest << 1 ^ (rest >> degree - 1) * polynomial;
        }
        return rest;
    }

    /** 7.7.3: two columns at a time from the right, up and down by turns, over the vertical timing pattern. */
    void write(int[] codewords) {
        int bit = 0;
        for (int right = size - 1; right >= 1; right -= 2) {
            int column = right <= 6 ? right - 1 : right;
            boolean up = (right + 1 & 2) == 0;
            for (int step = 0; step < size; step++) {
                int y = up ? size - 1 - step : step;
                for (int x = column; x > column - 2; x--) {
                    if (!fixed[y][x] && bit < codewords.length * 8) {
                        dark[y][x] = (codewords[bit / 8] >> 7 - bit % 8 & 1) != 0;
                        bit++;
                    }
                }
            }
        }
    }

    Grid masked(int mask) {
        var masked = new Grid(this);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                masked.dark[y][x] ^= !fixed[y][x] && inverts(mask, x, y);
            }
        }
        masked.format(mask);
        return masked;
    }

    /** 7.8.2. */
    static boolean inverts(int mask, int x, int y) {
        return switch (mask) {
            case 0 -> (x + y) % 2 == 0;
            case 1 -> y % 2 == 0;
            case 2 -> x % 3 == 0;
            case 3 -> (x + y) % 3 == 0;
            case 4 -> (x / 3 + y / 2) % 2 == 0;
            case 5 -> x * y % 2 + x * y % 3 == 0;
            case 6 -> (x * y % 2 + x * y % 3) % 2 == 0;
            default -> ((x + y) % 2 + x * y % 3) % 2 == 0;
        };
    }

    /** 7.8.3: how hard it is to read; the mask that costs least is taken. */
    int penalty() {
        int darkModules = 0;
        int penalty = 0;
        for (int a = 0; a < size; a++) {
            penalty += line(a, false) + line(a, true);
            for (int b = 0; b < size; b++) {
                darkModules += dark[a][b] ? 1 : 0;
                penalty += a > 0 && b > 0 && dark[a][b] == dark[a - 1][b] && dark[a][b] == dark[a][b - 1] && dark[a][b] == dark[a - 1][b - 1] ? 3 : 0;
            }
        }
        return penalty + Math.abs(darkModules * 20 - size * size * 10) / (size * size) * 10;
    }

    private int line(int at, boolean column) {
        int penalty = 0;
        int run = 0;
        int last = 0; // the last eleven modules
        for (int i = 0; i < size; i++) {
            boolean on = column ? dark[i][at] : dark[at][i];
            boolean before = i > 0 && (column ? dark[i - 1][at] : dark[at][i - 1]);
            run = i > 0 && on == before ? run + 1 : 1;
            penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
            last = last << 1 & 0x7ff | (on ? 1 : 0);
            penalty += i >= 10 && (last == 0b10111010000 || last == 0b00001011101) ? 40 : 0; // looks like a finder
        }
        return penalty;
    }
}
