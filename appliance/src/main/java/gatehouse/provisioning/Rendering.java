package gatehouse.provisioning;

import com.fasterxml.jackson.databind.node.MissingNode;
import gatehouse.dect.DectBase;
import gatehouse.dect.DectPhones;
import gatehouse.hotdesking.HotDesk;
import gatehouse.hotdesking.HotDesks;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneSecrets;
import gatehouse.phones.Phones;
import gatehouse.templates.Assignment;
import gatehouse.templates.Line;
import gatehouse.templates.RenderedFile;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Phones of users, hot desks and DECT bases, who each is to be, and the files that come of it. Thread-safe. */
public final class Rendering {
    private static final PhoneSecrets NONE = new PhoneSecrets("", "", "");

    private final Phones phones;
    private final HotDesks desks;
    private final DectPhones bases;
    private final Users users;
    private final Function<Phone, Optional<String>> sipSecrets;
    private final Assignments assignments;

    /** @param sipSecrets a phone's own, once it has one; @param ports those that phones are told of */
    public Rendering(Phones phones, HotDesks desks, DectPhones bases, Users users, Function<Phone, Optional<String>> sipSecrets, Firmware firmware,
                     Provisioning.Ports ports, String domain) {
        this.phones = phones;
        this.desks = desks;
        this.bases = bases;
        this.users = users;
        this.sipSecrets = sipSecrets;
        this.assignments = new Assignments(firmware, ports, domain);
    }

    /** A map of whole folder names: how long the look-up takes says nothing about how much of a guess was right. */
    Optional<Phone> inFolder(String folder) {
        return phones.inFolder(folder).or(() -> desks.inFolder(folder).map(HotDesk::phone)).or(() -> bases.inFolder(folder));
    }

    /** @param mac twelve lower-case hex digits */
    Optional<Phone> byMac(String mac) {
        return phones.byMac(mac).or(() -> desks.byMac(mac).map(HotDesk::phone)).or(() -> bases.byMac(mac));
    }

    /** Who looks at the phone: its user, or who is signed in at the desk; empty when that is nobody, or nobody who may. */
    Optional<User> user(Phone phone) {
        var desk = desks.inFolder(phone.folder());
        return (desk.isPresent() ? desk.get().userId() : Optional.of(phone.userId())).flatMap(users::byId).filter(User::enabled);
    }

    /** Who the phone is to be now; empty when it may be nobody: its user is disabled or has no extension. */
    Optional<Account> account(Phone phone) {
        return bases.base(phone).map(this::account).or(() -> desks.inFolder(phone.folder()).map(this::account)
                .orElseGet(() -> account(phone.userId(), phones.secrets(phone)).map(account -> sipSecrets.apply(phone).map(account::withSipSecret).orElse(account))));
    }

    private Optional<Account> account(String userId, PhoneSecrets secrets) {
        return users.byId(userId).filter(User::enabled).filter(user -> user.extensionNumber().isPresent()).flatMap(user ->
                users.sipSecret(user.extensionNumber().get()).map(secret -> new Account(user.extensionNumber().get(), user.displayName(), secret, secrets,
                        user.settings().path("blfs"))));
    }

    /** A hot desk is whoever is signed in there, else itself. */
    private Optional<Account> account(HotDesk desk) {
        var secrets = new PhoneSecrets(desks.webPassword(desk), "", "");
        return desk.userId().flatMap(user -> account(user, secrets)).or(() -> desks.sipSecret(desk.number())
                .map(secret -> new Account(desk.number(), desk.displayName(), secret, secrets, MissingNode.getInstance())));
    }

    /** A base is who carries its handsets, as far as they may be anybody now. */
    private Account account(DectBase base) {
        var lines = base.handsets().stream().flatMap(handset -> account(handset.userId(), NONE).map(user -> new Line(handset.place(), handset.ipui(), user.number(),
                user.displayName(), user.number(), user.sipSecret())).stream()).toList();
        return new Account("", base.name(), "", new PhoneSecrets(base.passwords().admin(), "", ""), MissingNode.getInstance(),
                Map.of("user_password", base.passwords().user(), "engineer_password", base.passwords().engineer()), lines);
    }

    /** The one file that {@code request} names. @throws gatehouse.templates.UnrenderableException when a secret does not fit its format */
    Optional<RenderedFile> file(Phone phone, Account account, Provisioning.Request request) {
        return assignment(phone, account, request).flatMap(one -> phones.template(phone).render(one, request.file()));
    }

    /** Every file of the phone, in the order it asks. @throws gatehouse.templates.UnrenderableException as above */
    List<RenderedFile> files(Phone phone, Account account, Provisioning.Request request) {
        return assignment(phone, account, request).map(one -> phones.template(phone).render(one)).orElse(List.of());
    }

    private Optional<Assignment> assignment(Phone phone, Account account, Provisioning.Request request) {
        return phones.template(phone).model(phone.model()).map(model -> assignments.of(phone, model, account, request));
    }
}
