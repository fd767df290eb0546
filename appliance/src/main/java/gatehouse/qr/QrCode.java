package gatehouse.qr;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A text as a QR code (ISO/IEC 18004) in byte mode, error correction level M, of the smallest version from 1 to 20 that holds it. */
public final class QrCode {
    /** What a code of version 20 holds; no address of a phone's file is nearly as long. */
    public static final int MOST_BYTES = 666;

    private static final int QUIET = 4;
    private static final int[] CORRECTION_PER_BLOCK = {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26};
    private static final int[] BLOCKS = {1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16};

    private final Grid grid;

    private QrCode(Grid grid) {
        this.grid = grid;
    }

    /** @throws IllegalArgumentException for more than {@link #MOST_BYTES} in UTF-8 */
    public static QrCode of(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        int version = IntStream.rangeClosed(1, BLOCKS.length).filter(one -> bytes.length <= capacity(one)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("A QR code holds " + MOST_BYTES + " bytes; this text has " + bytes.length));
        var plain = new Grid(version);
        plain.write(interleaved(data(bytes, version), version));
        return new QrCode(IntStream.range(0, Grid.MASKS).mapToObj(plain::masked).min(Comparator.comparingInt(Grid::penalty)).orElseThrow());
    }

    Grid grid() {
        return grid;
    }

    private static int capacity(int version) {
        return dataCodewords(version) - (version < 10 ? 2 : 3); // four bits of mode, and the length
    }

    static int dataCodewords(int version) {
        return codewords(version) - CORRECTION_PER_BLOCK[version - 1] * BLOCKS[version - 1];
    }

    /** What is left beside the patterns, counted out. */
    static int codewords(int version) {
        var grid = new Grid(version);
        int free = 0;
        for (int y = 0; y < grid.size; y++) {
            for (int x = 0; x < grid.size; x++) {
                free += grid.isFixed(x, y) ? 0 : 1;
            }
        }
        return free / 8;
    }

    /** 7.4: mode, length, bytes, terminator, and 236 and 17 by turns. */
    private static int[] data(byte[] bytes, int version) {
        var data = new int[dataCodewords(version)];
        int at = put(data, 0, 0b0100, 4);
        at = put(data, at, bytes.length, version < 10 ? 8 : 16);
        for (byte one : bytes) {
            at = put(data, at, one & 0xff, 8);
        }
        for (int i = (Math.min(at + 4, data.length * 8) + 7) / 8, pad = 236; i < data.length; i++, pad ^= 236 ^ 17) {
            data[i] = pad;
        }
        return data;
    }

    private static int put(int[] data, int at, int value, int bits) {
        for (int i = bits - 1; i >= 0; i--, at++) {
            data[at / 8] |= (value >> i & 1) << 7 - at % 8;
        }
        return at;
    }

    /** 7.6: the blocks' codewords by turns, then those of their correction. The last blocks have one more where it does not divide. */
    private static int[] interleaved(int[] data, int version) {
        int blocks = BLOCKS[version - 1];
        int correction = CORRECTION_PER_BLOCK[version - 1];
        int small = blocks - data.length % blocks;
        int length = data.length / blocks;
        var out = new int[codewords(version)];
        for (int block = 0, from = 0; block < blocks; block++) {
            int own = length + (block < small ? 0 : 1);
            var part = Arrays.copyOfRange(data, from, from + own);
            for (int i = 0; i < own; i++) {
                out[i < length ? i * blocks + block : length * blocks + block - small] = part[i];
            }
            var remainder = ReedSolomon.correction(part, correction);
            for (int i = 0; i < correction; i++) {
                out[data.length + i * blocks + block] = remainder[i];
            }
            from += own;
        }
        return out;
    }

    /** Black on white with its quiet zone, one unit a module. @param title what readers of the page hear; not the secret that the code may hold */
    public String svg(String title) {
        int side = grid.size + 2 * QUIET;
        var path = new StringBuilder();
        for (int y = 0; y < grid.size; y++) {
            for (int x = 0; x < grid.size; x++) {
                if (grid.isDark(x, y)) {
                    path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side + "\" shape-rendering=\"crispEdges\" role=\"img\"><title>"
                + title.replace("&", "&amp;").replace("<", "&lt;") + "</title><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side + "H0z\"/><path d=\"" + path + "\"/></svg>";
    }
}
