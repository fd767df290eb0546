package gatehouse;

import gatehouse.hotdesking.HotDesks;
import gatehouse.identity.SipSecrets;
import gatehouse.identity.StarterAccounts;
import gatehouse.sip.DigestSecrets;
import gatehouse.users.Users;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may register and call: users by the password that people type and by those of their phones, hot desks by their own,
 * phones that wait to be adopted by what they were told. */
record SipPasswords(Users users, HotDesks desks, SipSecrets ofPhones, StarterAccounts starters) implements DigestSecrets {
    @Override
    public Optional<String> secretOf(String number) {
        return users.sipSecret(number).or(() -> desks.sipSecret(number)).or(() -> starters.password(number));
    }

    @Override
    public List<String> secretsOf(String number) {
        var own = secretOf(number);
        return own.isEmpty() ? List.of() : Stream.concat(users.byNumber(number).stream().flatMap(user -> ofPhones.ofUser(user.id()).stream()), own.stream()).toList();
    }

    @Override
    public void shown(String number, String secret) {
        users.byNumber(number).ifPresent(user -> ofPhones.shown(user.id(), secret));
    }
}
