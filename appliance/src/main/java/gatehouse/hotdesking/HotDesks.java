package gatehouse.hotdesking;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.numbers.NumberKind;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneTemplates;
import gatehouse.phones.Phones;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.UserEvent;
import gatehouse.users.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of hot desks; all of them are in memory beside the store, since SIP and phones ask with every request. Thread-safe. */
public final class HotDesks implements Kind.Rules {
    public static final String TABLE = "hot_desking_devices";
    private static final Actor BOX = new Actor("gatehouse", "SYSTEM", "");
    private static final String USER = "current_user_id";
    private static final String FOLDER = "folder";
    private static final int FOLDER_LENGTH = 26; // 130 random bits

    private final Keeping keeping;
    private final Phones phones;
    private final Users users;
    private final Resources devices;
    private final Map<String, Resource> byId = new ConcurrentHashMap<>();
    private final Map<String, String> byFolder = new ConcurrentHashMap<>();

    public HotDesks(Keeping keeping, Phones phones, Users users) {
        this.keeping = keeping;
        this.phones = phones;
        this.users = users;
        devices = keeping.of(Kind.of(TABLE, "HOT_DESKING", "hot desk", "extension_number").required("extension_number", "extension_password").unique("mac")
                .secrets("extension_password", "password").numbered(NumberKind.HOT_DESKING).most(1_000).rules(this));
        devices.all(Resources.COMPANY).forEach(this::remember);
        keeping.events().on(UserEvent.Deleted.class, deleted -> signOutEverywhere(deleted.user()));
    }

    private void remember(Resource device) {
        byId.put(device.id(), device);
        byFolder.put(device.text(FOLDER), device.id());
    }

    Resources devices() {
        return devices;
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        phones.problems(draft.document()).forEach(problems::add);
        problems.addIf(phones.all().stream().anyMatch(phone -> phone.mac().equals(draft.text("mac"))), "mac", "taken",
                "The phone " + draft.text("mac") + " is somebody's already; take it away there first.");
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        tx.afterCommit(() -> remember(now));
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        tx.afterCommit(() -> {
            byFolder.remove(gone.text(FOLDER));
            byId.remove(gone.id());
        });
    }

    String create(Actor actor, ObjectNode fields) {
        return devices.create(actor, Resources.COMPANY, phones.normal(fields).put(FOLDER, keeping.ids().text(FOLDER_LENGTH))).id();
    }

    /** Whose number a device shows: the user's who is signed in, else its own. */
    static String currentNumber(Resource device, Users users) {
        return user(device).flatMap(users::byId).flatMap(User::extensionNumber).orElse(device.text("extension_number"));
    }

    private static Optional<String> user(Resource device) {
        return Optional.ofNullable(device.document().path(USER).textValue());
    }

    private static HotDesk typed(Resource device) {
        var settings = device.document();
        return new HotDesk(device.id(), device.text("extension_number"), settings.path("display_name").asText(device.text("extension_number")), user(device),
                new Phone(device.id(), device.id(), device.text("mac"), device.text("filename"), device.text("vendor"), device.text("model"),
                        device.text(FOLDER), settings, device.createdAt()));
    }

    /** Which devices have a template, by its file name. */
    public List<PhoneTemplates.Use> uses(String template) {
        return byId.values().stream().filter(device -> device.text("filename").equals(template))
                .map(device -> new PhoneTemplates.Use("the hot desk " + device.text("extension_number"), device.text("model"))).toList();
    }

    public List<HotDesk> all() {
        return byId.values().stream().map(HotDesks::typed).toList();
    }

    public Optional<HotDesk> byNumber(String number) {
        return byId.values().stream().filter(device -> device.text("extension_number").equals(number)).map(HotDesks::typed).findFirst();
    }

    public Optional<HotDesk> byMac(String mac) {
        return byId.values().stream().filter(device -> device.text("mac").equals(mac)).map(HotDesks::typed).findFirst();
    }

    /** A map of whole folder names: how long the look-up takes says nothing about how much of a guess was right. */
    public Optional<HotDesk> inFolder(String folder) {
        return Optional.ofNullable(byFolder.get(folder)).map(byId::get).map(HotDesks::typed);
    }

    /** The device's own SIP secret in clear, for digest and provisioning alone. */
    public Optional<String> sipSecret(String number) {
        return byId.values().stream().filter(device -> device.text("extension_number").equals(number)).findFirst()
                .flatMap(device -> devices.secret(device, "extension_password"));
    }

    /** Where the device finds its files. @param origin the box as the asker reached it */
    String address(Resource device, String origin, int httpPort, int httpsPort) {
        var https = device.document().path("https").asBoolean();
        var host = origin.replaceAll("^https?://", "").replaceAll(":\\d+$", "");
        var phone = typed(device).phone();
        var template = phones.template(phone);
        return (https ? "https://" + host + ":" + httpsPort : "http://" + host + ":" + httpPort) + "/provision/" + phone.folder() + "/"
                + template.accountFile(template.model(phone.model()).orElseThrow(), phone.mac());
    }

    public String webPassword(HotDesk desk) {
        return Optional.ofNullable(byId.get(desk.id())).flatMap(device -> devices.secret(device, "password")).orElse("");
    }

    /**
     * Somebody takes the desk; who was there before, and where the user was before, is signed out.
     *
     * @throws gatehouse.core.ProblemException FORBIDDEN when the user may not use hot desks
     */
    public void signIn(Actor actor, String deviceId, User user) {
        if (!user.settings().path("enable_hot_desking").asBoolean()) {
            throw Problem.of(Problem.Code.FORBIDDEN, user.label() + " may not use hot desks; an administrator can allow it (enable_hot_desking).").raise();
        }
        devices.write(tx -> {
            of(user.id()).stream().filter(other -> !other.equals(deviceId)).forEach(other -> set(tx, actor, other, null));
            set(tx, actor, deviceId, user.id());
            return null;
        });
    }

    /** Nobody is there any more; fine when nobody was. */
    public void signOut(Actor actor, String deviceId) {
        devices.write(tx -> {
            set(tx, actor, deviceId, null);
            return null;
        });
    }

    private void set(Tx tx, Actor actor, String deviceId, String userId) {
        devices.update(tx, actor, Resources.COMPANY, deviceId, Json.object().put(USER, userId));
    }

    private List<String> of(String userId) {
        return byId.values().stream().filter(device -> user(device).filter(userId::equals).isPresent()).map(Resource::id).toList();
    }

    private void signOutEverywhere(User user) {
        of(user.id()).forEach(device -> signOut(BOX, device));
    }
}
