package gatehouse.discovery;

import gatehouse.identity.AdoptionPins;
import gatehouse.identity.Comer;
import gatehouse.identity.Identities;
import gatehouse.identity.Login;
import gatehouse.phones.Newcomers;
import gatehouse.phones.Phone;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.Optional;

/** A person at a phone says whose it is, by that user's PIN. Thread-safe. */
public final class Adopting {
    private final AdoptionPins pins;
    private final Newcomers newcomers;
    private final Identities identities;
    private final Users users;

    public Adopting(AdoptionPins pins, Newcomers newcomers, Identities identities, Users users) {
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

    private Optional<Phone> given(String mac, String userId, Comer comer) {
        var phone = newcomers.give(mac, comer.userAgent(), userId, comer.address());
        phone.ifPresent(one -> identities.vouch(one, comer.address()));
        return phone;
    }
}
