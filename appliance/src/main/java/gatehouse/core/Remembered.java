package gatehouse.core;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A value that is made when somebody asks for it, and kept until what it was made of changes. Thread-safe. */
public final class Remembered<T> {
    private record Made<T>(T value, long change) { }

    private final Supplier<T> maker;
    private final AtomicLong changes = new AtomicLong();
    private volatile Made<T> last;

    /** @param maker reads what is there now; may run twice at once */
    public Remembered(Supplier<T> maker) {
        this.maker = maker;
    }

    public T get() {
        var change = changes.get(); // before it is made: what changes meanwhile makes it anew
        var made = last;
        if (made == null || made.change != change) {
            made = new Made<>(maker.get(), change);
            last = made;
        }
        return made.value;
    }

    /** To be called after the change can be seen. */
    public void changed() {
        changes.incrementAndGet();
    }
}
