package gatehouse.core;

import java.util.random.RandomGenerator;

/** Opaque ids: 96 random bits in 20 lower-case letters and digits, so they tell neither order nor number. Thread-safe if its source is. */
public final class Ids {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuv";
    private final RandomGenerator random;

    public Ids(RandomGenerator random) {
        this.random = random;
    }

    /** A new id, 20 characters of {@code [0-9a-v]} (100 bits). */
    public String next() {
        return text(20);
    }

    /** Random text of {@code length} characters of {@code [0-9a-v]}, five bits each: for secrets, tokens and folder names too. */
    public String text(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(32)));
        }
        return text.toString();
    }

    /** A random code of {@code length} decimal digits. */
    public String digits(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(10));
        }
        return text.toString();
    }
}
