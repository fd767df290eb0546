package gatehouse.identity;

import gatehouse.core.Ids;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * SIP accounts of phones that wait to be adopted: each is let in to dial its user's PIN, and calls nobody. Made when a phone is told where to
 * ask again, in memory alone: after a restart phones ask again within minutes. Who has one has shown nothing. Thread-safe.
 */
public final class StarterAccounts {
    /** What is dialled before the PIN. */
    public static final String CODE = "*23";
    private static final int MOST = 500; // strangers too; the one that was quiet longest goes
    private static final Pattern USER = Pattern.compile("adopt-([0-9a-f]{12})");

    /** @param address where it asked from; @param userAgent what it said there that it is */
    public record Account(String user, String password, String address, String userAgent) { }

    private final Ids ids;
    private final Map<String, Account> byMac = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > MOST;
        }
    };

    public StarterAccounts(Ids ids) {
        this.ids = ids;
    }

    /** The same again for who asks again from the same address. */
    public synchronized Account of(String mac, Comer comer) {
        var known = byMac.get(mac);
        if (known == null || !known.address.equals(comer.address())) {
            known = new Account("adopt-" + mac, ids.text(20), comer.address(), comer.userAgent());
            byMac.put(mac, known);
        }
        return known;
    }

    /** The MAC in the name of such an account. */
    public static Optional<String> mac(String user) {
        var matcher = USER.matcher(user);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    public synchronized Optional<Account> byMac(String mac) {
        return Optional.ofNullable(byMac.get(mac));
    }

    public Optional<String> password(String user) {
        return mac(user).flatMap(this::byMac).map(Account::password);
    }
}
