package gatehouse.music;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.Files;
import gatehouse.blobs.StoredFile;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import gatehouse.resources.Keeping;
import gatehouse.store.Store.Tx;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The rules of music on hold. Thread-safe. */
public final class MusicOnHold {
    private static final String OBJECT = "MOH";
    private static final String USE = "music on hold";
    private static final int MOST = 100;
    private static final Duration LONGEST = Duration.ofHours(1);

    /** The contract's words. */
    public enum PlayType {
        /** The oldest piece. */
        DEFAULT_MUSIC,
        RANDOM_MUSIC_PER_CALL,
        /** Another each day, and the same all day long. */
        RANDOM_MUSIC_PER_DAY
    }

    /** @param enabled whether who waits hears anything at all */
    public record Settings(boolean enabled, PlayType playType) {
        ObjectNode json() {
            return Json.object().put("enabled", enabled).put("play_type", playType.name());
        }
    }

    /** A piece, by its id and its file's. */
    record Piece(String id, String fileId) { }

    /** Pieces with what their files add. */
    record Pieces(List<Piece> pieces, Map<String, StoredFile> files) { }

    private final MusicStore store;
    private final Files files;
    private final Keeping keeping;
    private final RandomGenerator random;
    private volatile Settings settings;

    public MusicOnHold(MusicStore store, Files files, Keeping keeping, RandomGenerator random) {
        this.store = store;
        this.files = files;
        this.keeping = keeping;
        this.random = random;
        this.settings = store.settings();
    }

    public Settings settings() {
        return settings;
    }

    /** For calls: what who waits now hears; empty for silence. @param today where the company is */
    public Optional<StoredFile> piece(LocalDate today) {
        if (!settings.enabled) {
            return Optional.empty();
        }
        var pieces = store.<List<Piece>>read(store::pieces);
        if (pieces.isEmpty()) {
            return Optional.empty();
        }
        var chosen = switch (settings.playType) {
            case DEFAULT_MUSIC -> 0;
            case RANDOM_MUSIC_PER_CALL -> random.nextInt(pieces.size());
            case RANDOM_MUSIC_PER_DAY -> Math.floorMod(mixed(today.toEpochDay()), pieces.size());
        };
        return store.read(tx -> files.find(tx, pieces.get(chosen).fileId()));
    }

    /** Neighbouring days give numbers far apart (the finalizer of SplitMix64). */
    private static int mixed(long day) {
        var z = (day + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return (int) (z ^ z >>> 31);
    }

    void update(Actor actor, ObjectNode body) {
        store.write(tx -> {
            var before = store.settings(tx);
            var now = new Settings(body.has("enabled") ? body.get("enabled").asBoolean(true) : before.enabled,
                    !body.has("play_type") ? before.playType : body.get("play_type").isNull() ? PlayType.DEFAULT_MUSIC
                            : PlayType.valueOf(body.get("play_type").textValue()));
            store.save(tx, now);
            keeping.audit().record(tx, actor, Action.UPDATE, OBJECT, "Music on hold", before.json().toString(), now.json().toString());
            tx.afterCommit(() -> settings = now);
            return null;
        });
    }

    Pieces all() {
        return store.read(tx -> withFiles(tx, store.pieces(tx)));
    }

    Pieces one(String id) {
        return store.read(tx -> withFiles(tx, List.of(get(tx, id))));
    }

    private Pieces withFiles(Tx tx, List<Piece> pieces) {
        return new Pieces(pieces, files.byIds(tx, pieces.stream().map(Piece::fileId).toList()));
    }

    private Piece get(Tx tx, String id) {
        return store.byId(tx, id).orElseThrow(() -> Problem.notFound("piece of music").raise());
    }

    /** @return the new id */
    String create(Actor actor, String fileId) {
        return store.write(tx -> {
            var file = files.requireSound(tx, "file_id", fileId);
            check(store.pieces(tx), file);
            var piece = new Piece(keeping.ids().next(), file.id());
            store.insert(tx, piece, keeping.clock().instant());
            files.use(tx, file.id(), USE, piece.id());
            keeping.audit().record(tx, actor, Action.CREATE, OBJECT, file.name(), null, null);
            return piece.id();
        });
    }

    private static void check(List<Piece> pieces, StoredFile file) {
        var problems = new Problems();
        if (pieces.size() >= MOST) {
            problems.add(Problem.of(Code.CONFLICT, "There are " + MOST + " pieces already, which is the most; remove one first."));
        }
        if (pieces.stream().anyMatch(piece -> piece.fileId.equals(file.id()))) {
            problems.add(Problem.conflict("file_id", "This file is a piece already."));
        }
        problems.addIf(file.duration().orElseThrow().compareTo(LONGEST) > 0, "file_id", "longest",
                "A piece may last an hour; it is played again from its beginning.");
        problems.check();
    }

    void delete(Actor actor, String id) {
        store.write(tx -> {
            var piece = get(tx, id);
            var name = files.find(tx, piece.fileId).map(StoredFile::name).orElse(piece.fileId);
            store.delete(tx, id);
            files.discard(tx, USE, id);
            keeping.audit().record(tx, actor, Action.DELETE, OBJECT, name, null, null);
            return null;
        });
    }
}
