package gatehouse.hal;

/** One lamp that tells the box's state. Patterns differ in rhythm as well as colour, for the colour-blind. */
public interface Led {
    /** Shows {@code pattern} until told otherwise. */
    void show(LedPattern pattern);

    /** What it was last told to show. */
    LedPattern pattern();

    /** Whether the lamp is lit at this instant: patterns blink. */
    boolean lit();
}
