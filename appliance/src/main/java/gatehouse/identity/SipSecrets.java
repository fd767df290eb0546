package gatehouse.identity;

import gatehouse.identity.SipSecretStore.Row;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneEvent;
import gatehouse.phones.Phones;
import gatehouse.resources.Keeping;
import gatehouse.secrets.Sealer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A SIP password of each phone's own, beside the one that people type for the extension: who reads one phone's file can be shut out without
 * the others. It is made anew whenever the phone is adopted; the one before opens until the phone has shown the new one, and never for longer
 * than {@link #GRACE}. Thread-safe.
 */
public final class SipSecrets {
    /** For a phone to take over its file and register anew; one that is on a call waits for its end. */
    static final Duration GRACE = Duration.ofMinutes(10);
    private static final int LENGTH = 26; // 130 random bits, and no character that a file could need to escape

    private final SipSecretStore store;
    private final Phones phones;
    private final Keeping keeping;
    private final Sealer sealer;
    private final Clock clock;
    private final Map<String, Row> rows;

    public SipSecrets(Keeping keeping, SipSecretStore store, Phones phones) {
        this.store = store;
        this.phones = phones;
        this.keeping = keeping;
        this.sealer = keeping.sealer();
        this.clock = keeping.clock();
        this.rows = new ConcurrentHashMap<>(store.all());
        keeping.events().on(PhoneEvent.Deleted.class, gone -> rows.remove(gone.phone().id()));
        keeping.events().on(IdentityEvent.PasswordShown.class, shown -> write(shown.phone()));
    }

    /** In clear, for its file; empty until it is adopted. */
    public Optional<String> of(Phone phone) {
        return Optional.ofNullable(rows.get(phone.id())).map(row -> sealer.open(row.secret()));
    }

    /** Every one that opens for that user's phones now, in clear. */
    public List<String> ofUser(String userId) {
        var all = new ArrayList<String>();
        for (var phone : phones.of(userId)) {
            var row = rows.get(phone.id());
            if (row != null) {
                all.add(sealer.open(row.secret()));
                row.before().filter(_ -> row.beforeUntil().isAfter(clock.instant())).map(sealer::open).ifPresent(all::add);
            }
        }
        return all;
    }

    /** Makes one anew; for a phone of a user's alone, since a hot desk's is that of who sits there. */
    public synchronized void renew(Phone phone) {
        if (phones.byMac(phone.mac()).isEmpty()) {
            return;
        }
        var before = Optional.ofNullable(rows.get(phone.id())).map(Row::secret);
        keep(phone.id(), new Row(sealer.seal(keeping.ids().text(LENGTH)), before, before.isEmpty() ? Instant.EPOCH : clock.instant().plus(GRACE)));
    }

    /** Somebody showed one that opens: what this phone had before opens nothing from now on. Does not wait for the disk. */
    public void shown(String userId, String secret) {
        for (var phone : phones.of(userId)) {
            var row = rows.get(phone.id());
            if (row != null && row.before().isPresent() && MessageDigest.isEqual(bytes(sealer.open(row.secret())), bytes(secret))
                    && rows.replace(phone.id(), row, new Row(row.secret(), Optional.empty(), Instant.EPOCH))) {
                keeping.events().publish(new IdentityEvent.PasswordShown(phone));
            }
        }
    }

    private synchronized void write(Phone phone) {
        Optional.ofNullable(rows.get(phone.id())).ifPresent(row -> store.put(phone.id(), row));
    }

    private void keep(String phoneId, Row row) {
        if (store.put(phoneId, row)) {
            rows.put(phoneId, row);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
