package gatehouse.qr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QrCodeTest {
    @Test
    void known_codewords_have_the_correction_of_the_standards_example() {
        var data = new int[] {32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17};
        assertArrayEquals(new int[] {196, 35, 39, 119, 235, 215, 231, 226, 93, 23}, ReedSolomon.correction(data, 10));
    }

    @Test
    void format_and_version_have_the_bits_of_the_standards_tables() {
        assertEquals(0b101010000010010, Grid.formatBits(0));
        assertEquals(0b101000100100101, Grid.formatBits(1));
        assertEquals(0b101111001111100, Grid.formatBits(2));
        assertEquals(0b000111110010010100, Grid.versionBits(7));
        assertEquals(0b001000010110111100, Grid.versionBits(8));
    }

    @Test
    void every_version_has_the_codewords_of_the_standards_table() {
        int[] codewords = {26, 44, 70, 100, 134, 172, 196, 242, 292, 346, 404, 466, 532, 581, 655, 733, 815, 901, 991, 1085};
        int[] data = {16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563, 627, 669};
        for (int version = 1; version <= 20; version++) {
            assertEquals(codewords[version - 1], QrCode.codewords(version), "version " + version);
            assertEquals(data[version - 1], QrCode.dataCodewords(version), "version " + version);
        }
    }

    /** Read back by hand, as a reader does: format, mask, zigzag, blocks, syndromes, mode, length, bytes. */
    @Test
    void what_is_written_is_read_again_at_every_length() {
        var random = new Random(7);
        for (int length = 0; length <= QrCode.MOST_BYTES; length += length < 60 ? 1 : 13) {
            var text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append((char) (32 + random.nextInt(95)));
            }
            assertEquals(text.toString(), read(QrCode.of(text.toString()).grid()), "length " + length);
        }
        assertEquals("Öz ☎", read(QrCode.of("Öz ☎").grid()));
        assertThrows(IllegalArgumentException.class, () -> QrCode.of("x".repeat(QrCode.MOST_BYTES + 1)));
    }

    @Test
    void a_picture_has_its_quiet_zone_and_a_title() {
        var svg = QrCode.of("http://192.0.2.10:8888/provision/f/a.xml").svg("Linphone of <101>");
        assertTrue(svg.startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 37 37\"") && svg.contains("<title>Linphone of &lt;101></title>"), svg.substring(0, 200));
        assertTrue(svg.contains("M4 4h1v1h-1z") && !svg.contains("M3 ") && !svg.contains("192.0.2.10"));
    }

    private static String read(Grid grid) {
        int format = 0;
        for (int i = 0; i < 15; i++) {
            boolean first = i < 8 ? grid.isDark(8, i < 6 ? i : i + 1) : grid.isDark(i == 8 ? 7 : 14 - i, 8);
            boolean second = i < 8 ? grid.isDark(grid.size - 1 - i, 8) : grid.isDark(8, grid.size - 15 + i);
            assertEquals(first, second, "both copies of the format");
            format |= first ? 1 << i : 0;
        }
        int mask = -1;
        for (int i = 0; i < 8; i++) {
            mask = Grid.formatBits(i) == format ? i : mask;
        }
        assertTrue(mask >= 0, "a format of level M");
        int version = (grid.size - 17) / 4;
        var codewords = new int[QrCode.codewords(version)];
        int bit = 0;
        boolean up = true;
        for (int x = grid.size - 1; x >= 1; x -= 2, up = !up) {
            int right = x <= 6 ? x - 1 : x; // the column of the timing pattern is no part of a pair
            for (int step = 0; step < grid.size; step++) {
                int y = up ? grid.size - 1 - step : step;
                for (int column = right; column >= right - 1; column--) {
                    if (!grid.isFixed(column, y) && bit < codewords.length * 8) {
                        codewords[bit / 8] = codewords[bit / 8] << 1 | (grid.isDark(column, y) != Grid.inverts(mask, column, y) ? 1 : 0);
                        bit++;
                    }
                }
            }
        }
        return text(data(codewords, version), version);
    }

    private static int[] data(int[] codewords, int version) {
        int[] perBlock = {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26};
        int total = QrCode.dataCodewords(version);
        int correction = perBlock[version - 1];
        int blocks = (codewords.length - total) / correction;
        var data = new int[total];
        int at = 0;
        for (int block = 0; block < blocks; block++) {
            int own = total / blocks + (block >= blocks - total % blocks ? 1 : 0);
            var whole = new int[own + correction];
            for (int i = 0; i < own; i++) {
                whole[i] = codewords[i < total / blocks ? i * blocks + block : total / blocks * blocks + block - (blocks - total % blocks)];
            }
            for (int i = 0; i < correction; i++) {
                whole[own + i] = codewords[total + i * blocks + block];
            }
            for (int power = 0; power < correction; power++) {
                int root = ReedSolomon.power(power);
                assertEquals(0, Arrays.stream(whole).reduce(0, (sum, one) -> ReedSolomon.times(sum, root) ^ one), "syndrome " + power + " of block " + block);
            }
            System.arraycopy(whole, 0, data, at, own);
            at += own;
        }
        return data;
    }

    private static String text(int[] data, int version) {
        assertEquals(0b0100, data[0] >> 4, "byte mode");
        int length = version < 10 ? (data[0] & 15) << 4 | data[1] >> 4 : (data[0] & 15) << 12 | data[1] << 4 | data[2] >> 4;
        int from = version < 10 ? 1 : 2;
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ((data[from + i] & 15) << 4 | data[from + i + 1] >> 4);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
