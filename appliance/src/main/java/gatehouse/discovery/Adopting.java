package gatehouse.discovery;

import gatehouse.identity.AdoptionPins;
import gatehouse.identity.Comer;
import gatehouse.identity.Identities;
import gatehouse.identity.Login;
import gatehouse.identity.StarterAccounts;
import gatehouse.phones.Newcomers;
import gatehouse.phones.Phone;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.Optional;

/** A person at a phone says whose it is, by that user's PIN. Thread-safe. */
public final class Adopting {
    /** What came of dialling. */
    public sealed interface Dialled {
        record Adopted(Phone phone, String number) implements Dialled { }

        /** @param status of SIP; @param words for the phone's display */
        record No(int status, String words) implements Dialled { }
    }

    private final StarterAccounts accounts;
    private final String domain;
    private final AdoptionPins pins;
    private final Newcomers newcomers;
    private final Identities identities;
    private final Users users;

    public Adopting(AdoptionPins pins, StarterAccounts accounts, Newcomers newcomers, Identities identities, Users users, String domain) {
        this.accounts = accounts;
        this.domain = domain;
        this.pins = pins;
        this.newcomers = newcomers;
        this.identities = identities;
        this.users = users;
    }

    /** An extension and its PIN, typed at a phone that is nobody's. */
    AdoptionPins.Shown typed(String mac, Login login, Comer comer) {
        var user = users.byNumber(login.name().strip()).filter(User::enabled);
        if (user.isEmpty()) {
            return AdoptionPins.Shown.NONE_OPEN;
        }
        var shown = pins.show(user.get().id(), login.password().strip(), comer.address());
        if (shown == AdoptionPins.Shown.RIGHT) {
            given(mac, user.get().id(), comer);
        }
        return shown;
    }

    StarterAccounts.Account account(String mac, Comer comer) {
        return accounts.of(mac, comer);
    }

    String domain() {
        return domain;
    }

    /** Somebody dialled at a phone that registered by its starter account. */
    public Dialled dialled(String mac, String destination) {
        var account = accounts.byMac(mac);
        if (account.isEmpty() || !destination.startsWith(StarterAccounts.CODE)) {
            return new Dialled.No(403, "Dial " + StarterAccounts.CODE + " and the PIN");
        }
        var address = account.get().address();
        if (pins.isLocked(address)) {
            return new Dialled.No(403, "Too many wrong PINs, wait");
        }
        var user = pins.dialled(destination.substring(StarterAccounts.CODE.length()), address).flatMap(users::byId).filter(User::enabled);
        if (user.isEmpty()) {
            return new Dialled.No(403, "Wrong PIN");
        }
        var phone = given(mac, user.get().id(), new Comer(address, account.get().userAgent()));
        return phone.<Dialled>map(one -> new Dialled.Adopted(one, user.get().extensionNumber().orElse("")))
                .orElseGet(() -> new Dialled.No(404, "Another user's phone, or unknown model"));
    }

    private Optional<Phone> given(String mac, String userId, Comer comer) {
        var phone = newcomers.give(mac, comer.userAgent(), userId, comer.address());
        phone.ifPresent(one -> identities.vouch(one, comer.address()));
        return phone;
    }
}
