package gatehouse.hal;

import java.time.Duration;
import java.util.List;

/**
 * What the status lamp can say. Patterns differ in rhythm, not in colour alone. Only {@link #FAULT} is for trouble.
 */
public enum LedPattern {
    OFF(List.of()),
    /** Quick and even: wait. */
    BOOTING(List.of(250, 250)),
    /** Steady: all is well. */
    READY(null),
    /** Long on, short off: somebody talks. */
    IN_CALL(List.of(1500, 300)),
    /** Two short flashes and a pause: come and look. */
    FAULT(List.of(150, 150, 150, 850));

    /** Milliseconds on, off, on, off …; empty is dark, null is steady. */
    private final List<Integer> rhythm;
    private final int period;

    LedPattern(List<Integer> rhythm) {
        this.rhythm = rhythm;
        this.period = rhythm == null ? 0 : rhythm.stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether the lamp is lit {@code since} this pattern began. */
    public boolean litAfter(Duration since) {
        if (rhythm == null || rhythm.isEmpty()) {
            return rhythm == null;
        }
        var at = since.toMillis() % period;
        var lit = true;
        for (var phase : rhythm) {
            if (at < phase) {
                return lit;
            }
            at -= phase;
            lit = !lit;
        }
        return lit;
    }

    /** Whether the lamp changes by itself while it shows this. */
    public boolean blinks() {
        return period > 0;
    }
}
