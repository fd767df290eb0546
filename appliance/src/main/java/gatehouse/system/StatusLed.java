package gatehouse.system;

import gatehouse.hal.Led;
import gatehouse.hal.LedPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Decides what the lamp shows: a fault before a call, a call before ready, and booting until somebody says ready. Thread-safe. */
public final class StatusLed {
    private final Led led;
    private final List<String> faults = new ArrayList<>();
    private boolean ready;
    private IntSupplier calls = () -> 0;

    public StatusLed(Led led) {
        this.led = led;
        led.show(LedPattern.BOOTING);
    }

    /** @param liveCalls how many calls are up; asked again at each {@link #refresh} */
    public synchronized void ready(IntSupplier liveCalls) {
        ready = true;
        calls = liveCalls;
        refresh();
    }

    /** Raises a fault; the text says what is wrong and what to do. */
    public synchronized void raise(String fault) {
        if (!faults.contains(fault)) {
            faults.add(fault);
        }
        refresh();
    }

    public synchronized void clear(String fault) {
        faults.remove(fault);
        refresh();
    }

    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** Looks anew; called when a call begins or ends. */
    public synchronized void refresh() {
        led.show(!faults.isEmpty() ? LedPattern.FAULT : !ready ? LedPattern.BOOTING : calls.getAsInt() > 0 ? LedPattern.IN_CALL : LedPattern.READY);
    }
}
