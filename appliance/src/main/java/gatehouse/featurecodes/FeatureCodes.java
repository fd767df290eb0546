package gatehouse.featurecodes;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All feature access codes, kept in memory because every call that begins with a star or hash asks. Thread-safe. */
public final class FeatureCodes {
    private static final Pattern CODE = Pattern.compile("[*#]{1,3}[0-9]{0,4}");

    /** What somebody dialled: a feature, and the digits after its code. */
    public record Dialled(Feature feature, String rest) { }

    private final FeatureCodeStore store;
    private final Audit audit;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile Map<Feature, FeatureCode> codes;

    public FeatureCodes(FeatureCodeStore store, Audit audit) {
        this.store = store;
        this.audit = audit;
        var all = new EnumMap<Feature, FeatureCode>(Feature.class);
        Arrays.stream(Feature.values()).forEach(feature -> all.put(feature, FeatureCode.usual(feature)));
        store.changed().forEach(code -> all.put(code.feature(), code));
        codes = all;
    }

    /** In the order of {@link Feature}. */
    public List<FeatureCode> all() {
        return List.copyOf(codes.values());
    }

    /** The feature whose code is the longest beginning of {@code dialled}; empty when there is none, or it is switched off. */
    public Optional<Dialled> parse(String dialled) {
        return codes.values().stream().filter(code -> code.enabled() && dialled.startsWith(code.code()))
                .max(Comparator.comparingInt(code -> code.code().length()))
                .map(code -> new Dialled(code.feature(), dialled.substring(code.code().length())));
    }

    /** Replaces the codes that are given; the others stay. @throws gatehouse.core.ProblemException with all that is wrong */
    public void change(Actor actor, List<FeatureCode> changes) {
        changing.lock();
        try {
            var next = new EnumMap<>(codes);
            changes.forEach(change -> next.put(change.feature(), change));
            check(changes, next);
            var before = text(changes.stream().map(change -> codes.get(change.feature())).toList());
            store.write(tx -> {
                changes.forEach(change -> store.save(tx, change));
                audit.record(tx, actor, Action.UPDATE, "FEATURE_ACCESS_CODE", "feature access codes", before, text(changes));
                tx.afterCommit(() -> codes = next);
                return null;
            });
        } finally {
            changing.unlock();
        }
    }

    private static void check(List<FeatureCode> changes, Map<Feature, FeatureCode> next) {
        var problems = new Problems();
        for (int i = 0; i < changes.size(); i++) {
            var code = changes.get(i).code();
            problems.addIf(!CODE.matcher(code).matches() || code.length() < 2, "items[" + i + "].code", "pattern",
                    "A code has one to three * or #, then up to four digits, two to seven signs in all; " + code + " does not.");
        }
        var owners = new HashMap<String, Feature>();
        next.values().stream().filter(FeatureCode::enabled).forEach(code -> {
            var other = owners.put(code.code(), code.feature());
            if (other != null) {
                problems.add(Problem.conflict("items", "The code " + code.code() + " would be that of " + other + " and of " + code.feature() + "; choose another."));
            }
        });
        problems.check();
    }

    private static String text(List<FeatureCode> codes) {
        return codes.stream().map(code -> "\"" + code.feature() + "\":\"" + code.code() + (code.enabled() ? "" : " off") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
