package gatehouse.trunks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import gatehouse.core.Remembered;
import gatehouse.hunting.Defaults;
import gatehouse.numbering.NumberMask;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The rules of trunks. All of them are kept in memory beside the store, because each call outside asks. Thread-safe. */
public final class Trunks implements Kind.Rules {
    public static final String TABLE = "trunks";
    private static final String PASSWORD = "password";
    private static final int MOST = 200;
    /** As in the API's document, which fills in what a new trunk leaves out. */
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("""
            {"enabled": true, "registration": true, "register_interval": 600, "inlan": false, "single_via_header": true, "rewrite_via_ip": true,
             "verify_port": true, "keep_alive": true, "keep_alive_interval": 360, "adjust_sdp_direction": true, "remove_srtp_info": true,
             "stir_shaken_signature_required": false}""");

    private final Resources trunks;
    private final TrunkStore store = new TrunkStore();
    private final List<TrunkUse> uses = new CopyOnWriteArrayList<>();
    private final Remembered<Map<String, Trunk>> byId;

    public Trunks(Keeping keeping) {
        trunks = keeping.of(Kind.of(TABLE, "PROVIDER", "trunk", "name").unique("name").secrets(PASSWORD).most(MOST).rules(this)
                .required("name", "transport", "hostname", "port", "outbound_server", "outbound_server_port", "concurrency"));
        byId = new Remembered<>(() -> {
            var all = new LinkedHashMap<String, Trunk>();
            trunks.all(Resources.COMPANY).forEach(trunk -> all.put(trunk.id(), Trunk.of(trunk)));
            return all;
        });
    }

    /** From now on a trunk stays while {@code use} says that something needs it. */
    public void neededBy(TrunkUse use) {
        uses.add(use);
    }

    Resources resources() {
        return trunks;
    }

    /** Oldest first. */
    public Collection<Trunk> all() {
        return List.copyOf(byId.get().values());
    }

    public Optional<Trunk> byId(String id) {
        return Optional.ofNullable(byId.get().get(id));
    }

    /** The trunk by which a number leads in. @param did with a + or without */
    public Optional<Trunk> byDid(String did) {
        var number = did.startsWith("+") ? did.substring(1) : did;
        return trunks.read(tx -> store.trunk(tx, number)).flatMap(this::byId);
    }

    /** What people know a provider by. @param brand empty when nobody said */
    public record Face(String name, String brand, String hostname) { }

    /** Of all trunks, by their ids. */
    public Map<String, Face> faces() {
        var faces = new LinkedHashMap<String, Face>();
        trunks.all(Resources.COMPANY).forEach(trunk -> faces.put(trunk.id(), new Face(trunk.text("name"), trunk.text("brand"), trunk.text("hostname"))));
        return faces;
    }

    public boolean exists(Tx tx, String id) {
        return trunks.find(tx, Resources.COMPANY, id).isPresent();
    }

    /** Those of {@code ids} that exist. */
    public Set<String> known(Tx tx, Set<String> ids) {
        return store.known(tx, ids);
    }

    /** The numbers that lead in by a trunk, as they stand in {@code tx}; empty when none were told. */
    public Optional<NumberMask> pool(Tx tx, String id) {
        return trunks.find(tx, Resources.COMPANY, id).flatMap(trunk -> TrunkRules.pool(trunk.text("did_numbers")));
    }

    /** In clear, for digest alone. */
    public Optional<String> password(String id) {
        return trunks.find(Resources.COMPANY, id).flatMap(trunk -> trunks.secret(trunk, PASSWORD));
    }

    String create(Actor actor, ObjectNode fields) {
        return trunks.create(actor, Resources.COMPANY, Defaults.inPlaceOfNulls(fields, DEFAULTS)).id();
    }

    void update(Actor actor, String id, ObjectNode changes) {
        trunks.update(actor, Resources.COMPANY, id, Defaults.inPlaceOfNulls(changes, DEFAULTS));
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        TrunkRules.check(draft.document(), trunks.secret(draft, PASSWORD).filter(password -> !password.isEmpty()).isPresent(), problems);
        TrunkRules.pool(draft.text("did_numbers")).flatMap(pool -> store.taken(tx, draft.id(), pool)).ifPresent(taken -> problems.add(
                Problem.conflict("did_numbers", "The number " + taken.number() + " leads in by the trunk " + taken.trunk() + " already.")));
        var account = draft.text("auth_id");
        if (!account.isEmpty()) {
            store.sameAccount(tx, draft.id(), draft.text("hostname"), account).ifPresent(name -> problems.add(Problem.conflict("auth_id",
                    "The trunk " + name + " has this account of "
                    + draft.text("hostname") + " already.")));
        }
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        if (before.isEmpty() || !before.get().text("did_numbers").equals(now.text("did_numbers"))) {
            store.replace(tx, now.id(), TrunkRules.pool(now.text("did_numbers")));
        }
        tx.afterCommit(byId::changed);
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        var needed = uses.stream().flatMap(use -> use.of(tx, gone.id()).stream()).toList();
        if (!needed.isEmpty()) {
            throw Problem.of(Code.CONFLICT, "The trunk " + gone.text("name") + " is needed by " + String.join(", ",
                    needed.subList(0, Math.min(5, needed.size())))
                    + (needed.size() > 5 ? " and others" : "") + "; change that first.").raise();
        }
        tx.afterCommit(byId::changed);
    }
}
