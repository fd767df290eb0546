package gatehouse.dect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problems;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneEvent;
import gatehouse.phones.PhoneTemplates;
import gatehouse.phones.Phones;
import gatehouse.phones.SharedPhones;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.templates.Choices;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of DECT bases and their handsets. Thread-safe. */
public final class DectPhones implements Kind.Rules, SharedPhones {
    public static final String TABLE = "dect_phones";
    private static final String OBJECT = "PHONE";
    private static final Pattern IPUI = Pattern.compile("[0-9A-Fa-f]{10}");
    private static final Pattern HANDSET = Pattern.compile("[1-9][0-9]{0,2}");
    private static final int MOST_CODECS = 20;
    private static final int FOLDER_LENGTH = 26; // 130 random bits

    private final Keeping keeping;
    private final DectStore store;
    private final Phones phones;
    private final Users users;
    private final Resources bases;
    private final Map<String, Resource> byId = new ConcurrentHashMap<>();
    private final Map<String, String> folders;

    public DectPhones(Keeping keeping, DectStore store, Phones phones, Users users) {
        this.keeping = keeping;
        this.store = store;
        this.phones = phones;
        this.users = users;
        bases = keeping.of(Kind.of(TABLE, OBJECT, "DECT phone", "name").required("name", "mac", "template", "vendor", "model", "password", "timezone",
                "language", "tone", "codecs", "interface", "preferred_transport").unique("name", "mac").secrets("password", "user_password", "engineer_password")
                .most(200).rules(this));
        folders = new ConcurrentHashMap<>(store.folders());
        bases.all(Resources.COMPANY).forEach(base -> byId.put(base.id(), base));
        phones.templates().usedBy(this::uses);
    }

    Resources bases() {
        return bases;
    }

    /** Every model of every template that says it is DECT. */
    List<DectModel> models() {
        return phones.templates().all().stream().flatMap(template -> DectModel.of(template).stream()).toList();
    }

    Optional<DectModel> model(String template, String model) {
        return phones.templates().named(template).stream().flatMap(found -> DectModel.of(found).stream()).filter(one -> one.name().equalsIgnoreCase(model))
                .findFirst();
    }

    Optional<DectModel> model(Resource base) {
        return model(base.text("template"), base.text("model"));
    }

    private List<PhoneTemplates.Use> uses(String template) {
        return bases.all(Resources.COMPANY).stream().filter(base -> base.text("template").equals(template))
                .map(base -> new PhoneTemplates.Use("the DECT phone " + base.text("name"), base.text("model"))).toList();
    }

    /** The body with its MAC as it is kept; one that is none stays as it came, for the rules to refuse. */
    ObjectNode normal(ObjectNode body) {
        return Phones.mac(body.path("mac").asText("")).map(mac -> body.put("mac", mac)).orElse(body);
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var mac = draft.text("mac");
        problems.addIf(Phones.mac(mac).isEmpty(), "mac", "pattern", "mac must be twelve hex digits, with or without colons.");
        problems.addIf(phones.byMac(mac).isPresent(), "mac", "taken", "The phone " + mac + " is somebody's already; take it away there first.");
        var model = model(draft);
        problems.addIf(model.isEmpty(), "model", "unknown", "No template says that it serves a DECT base " + draft.text("model")
                + " (dect=\"true\" in " + draft.text("template") + "); see GET /dect_phone_models.");
        model.ifPresent(found -> choices(draft, found, problems));
        problems.addIf(draft.document().path("codecs").size() > MOST_CODECS, "codecs", "maxItems", "codecs may list " + MOST_CODECS + ".");
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        var folder = before.isPresent() ? folders.get(now.id()) : keeping.ids().text(FOLDER_LENGTH);
        if (before.isEmpty()) {
            store.addFolder(tx, now.id(), folder);
        }
        tx.afterCommit(() -> {
            folders.put(now.id(), folder);
            byId.put(now.id(), now);
        });
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        var phone = phone(gone);
        tx.afterCommit(() -> {
            byId.remove(gone.id());
            folders.remove(gone.id());
            keeping.events().publish(new PhoneEvent.Deleted(phone));
        });
    }

    public Optional<Phone> inFolder(String folder) {
        return folders.entrySet().stream().filter(one -> one.getValue().equals(folder)).map(one -> byId.get(one.getKey())).filter(Objects::nonNull)
                .map(this::phone).findFirst();
    }

    @Override
    public Optional<Phone> byMac(String mac) {
        return byId.values().stream().filter(base -> base.text("mac").equals(mac)).map(this::phone).findFirst();
    }

    @Override
    public List<Phone> all() {
        return byId.values().stream().map(this::phone).toList();
    }

    /** Those that carry a handset of somebody. */
    public List<Phone> of(String userId) {
        return store.basesOf(userId).stream().map(byId::get).filter(Objects::nonNull).map(this::phone).toList();
    }

    /** The base that {@code phone} is, with its secrets and handsets; empty when it is none. */
    public Optional<DectBase> base(Phone phone) {
        return Optional.ofNullable(byId.get(phone.id())).map(base -> new DectBase(base.text("name"), phone, new DectBase.Passwords(secret(base, "password"),
                secret(base, "user_password"), secret(base, "engineer_password")), handsets(base)));
    }

    @Override
    public List<String> numbers(Phone phone) {
        return Optional.ofNullable(byId.get(phone.id())).map(this::handsets).orElse(List.of()).stream()
                .flatMap(handset -> users.byId(handset.userId()).filter(User::enabled).flatMap(User::extensionNumber).stream()).toList();
    }

    private String secret(Resource base, String field) {
        return bases.secret(base, field).orElse("");
    }

    /** Who said no place gets the first that is free. */
    private List<DectBase.Handset> handsets(Resource base) {
        var members = store.members(base.id());
        var taken = members.stream().map(DectMember::handset).filter(place -> !place.isEmpty()).map(Integer::parseInt).collect(Collectors.toSet());
        var handsets = new ArrayList<DectBase.Handset>();
        int free = 1;
        for (var member : members) {
            while (member.handset().isEmpty() && !taken.add(free)) {
                free++;
            }
            handsets.add(new DectBase.Handset(member.handset().isEmpty() ? free : Integer.parseInt(member.handset()), member.ipui(), member.userId()));
        }
        handsets.sort(Comparator.comparing(DectBase.Handset::place));
        return handsets;
    }

    private Phone phone(Resource base) {
        var settings = base.document().deepCopy();
        settings.set(Choices.RINGTONES.field(), base.document().path("tone"));
        return new Phone(base.id(), base.id(), base.text("mac"), base.text("template"), base.text("vendor"), base.text("model"), folders.getOrDefault(base.id(), ""),
                settings, base.createdAt());
    }

    /** Where a base finds its files. @param host by which the asker reached the box, without a port */
    String address(Resource base, String host, int port) {
        var phone = phone(base);
        var template = phones.template(phone);
        return "http://" + host + ":" + port + "/provision/" + phone.folder() + "/" + template.accountFile(template.model(phone.model()).orElseThrow(), phone.mac());
    }

    private static void choices(Resource draft, DectModel model, Problems problems) {
        problems.addIf(!model.template().vendor().equalsIgnoreCase(draft.text("vendor")), "vendor", "unknown",
                model.template().filename() + " is for " + model.template().vendor() + " phones.");
        choice(draft, "language", model.template().choices(Choices.LANGUAGES), problems);
        choice(draft, "tone", model.template().choices(Choices.RINGTONES), problems);
    }

    private static void choice(Resource draft, String field, List<String> options, Problems problems) {
        problems.addIf(!options.isEmpty() && !draft.text(field).isEmpty() && !options.contains(draft.text(field)), field, "enum",
                field + " must be one of " + String.join(", ", options) + ".");
    }

    List<DectMember> members(String base) {
        bases.get(Resources.COMPANY, base);
        return store.members(base);
    }

    /** Who carries a handset of the base from now on, and nobody else. */
    void setMembers(Actor actor, String id, JsonNode items) {
        bases.write(tx -> {
            var base = bases.get(tx, Resources.COMPANY, id);
            var members = members(base, items);
            var before = store.members(tx, id).toString();
            store.replace(tx, id, members);
            keeping.audit().record(tx, actor, Action.UPDATE, OBJECT, base.text("name"), before, members.toString());
            return null;
        });
    }

    private List<DectMember> members(Resource base, JsonNode items) {
        var problems = new Problems();
        var most = model(base).map(DectModel::lines).orElse(0);
        problems.addIf(items.size() > most, "items", "maxItems", base.text("model") + " carries " + most + " handsets.");
        var members = new ArrayList<DectMember>();
        var seen = new HashSet<String>();
        for (int i = 0; i < Math.min(items.size(), most); i++) {
            var place = "items[" + i + "].";
            var number = items.get(i).path("extension_number").asText("");
            var ipui = text(items.get(i), "ipui");
            var handset = text(items.get(i), "handset_index");
            var user = users.byNumber(number).map(User::id);
            problems.addIf(user.isEmpty(), place + "extension_number", "unknown", "There is no extension " + number + ".");
            problems.addIf(!ipui.isEmpty() && !IPUI.matcher(ipui).matches(), place + "ipui", "pattern", "ipui must have ten hex digits.");
            problems.addIf(!handset.isEmpty() && (!HANDSET.matcher(handset).matches() || Integer.parseInt(handset) > most), place + "handset_index", "maximum",
                    "handset_index must be from 1 to " + most + ".");
            problems.addIf(!seen.add("user " + number), place + "extension_number", "unique", "The extension " + number + " is listed twice.");
            problems.addIf(!ipui.isEmpty() && !seen.add("ipui " + ipui), place + "ipui", "unique", "The ipui " + ipui + " is listed twice.");
            problems.addIf(!handset.isEmpty() && !seen.add("handset " + handset), place + "handset_index", "unique", "The handset " + handset + " is listed twice.");
            user.ifPresent(id -> members.add(new DectMember(id, ipui, handset)));
        }
        problems.check();
        return members;
    }

    private static String text(JsonNode item, String field) {
        return item.path(field).isTextual() ? item.get(field).textValue() : "";
    }
}
