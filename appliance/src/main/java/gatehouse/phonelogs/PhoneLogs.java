package gatehouse.phonelogs;

import gatehouse.core.Events;
import gatehouse.core.Pace;
import gatehouse.core.Problem;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneEvent;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** The rules of phones' logs. Thread-safe. */
public final class PhoneLogs {
    static final int LARGEST = 60 << 10; // the phones' plain port takes 64 KiB; they send the end of a long log anyway
    static final int MOST_OF_ONE = 4; // a boot log, an application log, and one of each before
    private static final int MOST_OF_ALL = 500; // 30 MB
    static final int MOST_A_MINUTE = 6; // of one phone: a card that wears out is no place for chatter
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._\\-]{0,59}\\.log");

    /** What became of one. */
    enum Outcome { KEPT, UNKNOWN, TOO_LARGE, TOO_MANY }

    private final PhoneLogStore store;
    private final Function<String, Optional<Phone>> inFolder;
    private final Function<String, Optional<Phone>> byMac;
    private final Pace pace;
    private final Events events;
    private final Clock clock;

    /** @param inFolder a phone by its folder's name */
    public PhoneLogs(PhoneLogStore store, Function<String, Optional<Phone>> inFolder, Function<String, Optional<Phone>> byMac, Events events, Clock clock,
                     LongSupplier nanoTime) {
        this.store = store;
        this.inFolder = inFolder;
        this.byMac = byMac;
        this.pace = new Pace(MOST_A_MINUTE, 600, nanoTime);
        this.events = events;
        this.clock = clock;
        events.on(PhoneEvent.Deleted.class, gone -> store.forget(gone.phone().mac()));
    }

    boolean takes(String folder, String name) {
        return NAME.matcher(name).matches() && inFolder.apply(folder).isPresent();
    }

    Outcome put(String folder, String name, byte[] content, String address) {
        var phone = inFolder.apply(folder).filter(_ -> NAME.matcher(name).matches());
        if (phone.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (content.length > LARGEST) {
            return Outcome.TOO_LARGE;
        }
        var mac = phone.get().mac();
        if (!pace.admits(mac)) {
            return Outcome.TOO_MANY;
        }
        store.put(mac, new PhoneLog(name, clock.instant(), address, content.length), content, MOST_OF_ONE, MOST_OF_ALL);
        events.publish(new PhoneLogEvent.Arrived(mac, name, address));
        return Outcome.KEPT;
    }

    List<PhoneLog> of(String mac) {
        return store.of(known(mac));
    }

    byte[] content(String mac, String name) {
        return store.content(known(mac), name).orElseThrow(() -> Problem.notFound("log").raise());
    }

    private String known(String mac) {
        return byMac.apply(mac.replaceAll("[:\\-]", "").toLowerCase(java.util.Locale.ROOT)).map(Phone::mac).orElseThrow(() -> Problem.notFound("phone").raise());
    }
}
