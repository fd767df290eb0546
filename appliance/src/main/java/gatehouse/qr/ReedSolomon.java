package gatehouse.qr;

/** Error correction of a QR code (ISO/IEC 18004, 7.5.2): remainders over GF(256) with the polynomial 0x11d. */
final class ReedSolomon {
    private static final int FIELD = 0x11d;
    private static final int[] EXP = new int[255];
    private static final int[] LOG = new int[256];

    static {
        int x = 1;
        for (int i = 0; i < EXP.length; i++) {
            EXP[i] = x;
            LOG[x] = i;
            x = x << 1 ^ (x >= 128 ? FIELD : 0);
        }
    }

    private ReedSolomon() {
    }

    static int times(int a, int b) {
        return a == 0 || b == 0 ? 0 : EXP[(LOG[a] + LOG[b]) % 255];
    }

    static int power(int exponent) {
        return EXP[exponent % 255];
    }

    /** @return {@code count} codewords that make {@code data} divisible by the generator */
    static int[] correction(int[] data, int count) {
        var generator = generator(count);
        var remainder = new int[count];
        for (int codeword : data) {
            int factor = codeword ^ remainder[0];
            System.arraycopy(remainder, 1, remainder, 0, count - 1);
            remainder[count - 1] = 0;
            for (int i = 0; i < count; i++) {
                remainder[i] ^= times(generator[i], factor);
            }
        }
        return remainder;
    }

    /** Coefficients of the product of (x - 2^i) below the first, the highest power first. */
    private static int[] generator(int degree) {
        var product = new int[degree];
        product[degree - 1] = 1;
        for (int root = 0; root < degree; root++) {
            for (int i = 0; i < degree; i++) {
                product[i] = times(product[i], power(root)) ^ (i + 1 < degree ? product[i + 1] : 0);
            }
        }
        return product;
    }
}
