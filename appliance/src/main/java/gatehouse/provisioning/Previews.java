package gatehouse.provisioning;

import gatehouse.core.Problem;
import gatehouse.phones.Phone;
import gatehouse.phones.Phones;
import gatehouse.provisioning.Preview.Effect;
import gatehouse.provisioning.Preview.FilePreview;
import gatehouse.provisioning.Preview.Standing;
import gatehouse.provisioning.Restarts.Verdict;
import gatehouse.provisioning.Served.Reached;
import gatehouse.templates.RenderedFile;
import gatehouse.templates.UnrenderableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what phones will get before they come for it. Thread-safe. */
public final class Previews {
    private static final int MOST_REASONS = 10;
    private static final int MOST_DIFF_LINES = 2_000;

    private final Phones phones;
    private final Rendering rendering;
    private final Masks masks;
    private final ServedFiles served;

    public Previews(Phones phones, Rendering rendering, Masks masks, ServedFiles served) {
        this.phones = phones;
        this.rendering = rendering;
        this.masks = masks;
        this.served = served;
    }

    /**
     * @param mac    in one of the ways people write it
     * @param host   by which name or address a phone is thought to reach the box that never came
     * @param reveal whether the files' texts hold their secrets; differences never do
     * @throws gatehouse.core.ProblemException when there is no such phone
     */
    Preview of(String mac, String host, boolean reveal) {
        var phone = Phones.mac(mac).flatMap(rendering::byMac).orElseThrow(() -> Problem.notFound("phone").raise());
        var account = rendering.account(phone);
        var before = served.of(phone.mac());
        if (account.isEmpty()) {
            return refused(phone, "It gets no file, because its user is disabled or has no extension. Enable the user, or give the phone to another one.");
        }
        var reached = before.values().stream().max(Comparator.comparing(Served::at)).map(Served::reached)
                .orElseGet(() -> new Reached(phone.settings().path("https").asBoolean() ? "https" : "http", host, host, ""));
        try {
            return preview(phone, account.get(), reached, before, reveal);
        } catch (UnrenderableException e) {
            return refused(phone, "It gets no file. " + e.getMessage());
        }
    }

    private static Preview refused(Phone phone, String problem) {
        return new Preview(phone, Effect.NOTHING, List.of(), Optional.of(problem), List.of());
    }

    private Preview preview(Phone phone, Account account, Reached reached, Map<String, Served> before, boolean reveal) {
        var real = rendering.files(phone, account, reached.request(phone.folder(), "")); // renders the secrets too, and so finds those that do not fit
        var hidden = masks.hide(phone, account);
        var masked = rendering.files(hidden.phone(), hidden.account(), reached.request(hidden.phone().folder(), ""));
        var files = new ArrayList<FilePreview>();
        for (int i = 0; i < real.size(); i++) {
            var text = reveal ? real.get(i).text() : Masks.shown(masked.get(i).text(), _ -> Masks.HIDDEN);
            files.add(file(masked.get(i), hidden.marks(), Optional.ofNullable(before.get(masked.get(i).name())), text));
        }
        before.values().stream().filter(old -> real.stream().noneMatch(file -> file.name().equals(old.file()))).forEach(old -> files.add(gone(old)));
        return judged(phone, files);
    }

    private static FilePreview file(RenderedFile masked, Map<String, String> marks, Optional<Served> old, String text) {
        if (old.isEmpty()) {
            return new FilePreview(masked.name(), masked.contentType(), Standing.NEW, Optional.empty(), text, List.of());
        }
        var was = old.get();
        var oldLines = lines(Masks.shown(was.text(), _ -> Masks.HIDDEN));
        var newLines = lines(Masks.shown(masked.text(), name -> isSame(was, marks, name) ? Masks.HIDDEN : Masks.CHANGED));
        var diff = bounded(UnifiedDiff.of(oldLines, newLines));
        return new FilePreview(masked.name(), masked.contentType(), diff.isEmpty() ? Standing.UNCHANGED : Standing.CHANGED, Optional.of(was.at()), text, diff);
    }

    private static boolean isSame(Served was, Map<String, String> marks, String name) {
        return marks.getOrDefault(name, "").equals(was.marks().get(name));
    }

    private static FilePreview gone(Served old) {
        return new FilePreview(old.file(), "", Standing.GONE, Optional.of(old.at()), "",
                bounded(UnifiedDiff.of(lines(Masks.shown(old.text(), _ -> Masks.HIDDEN)), List.of())));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static List<String> bounded(List<String> diff) {
        if (diff.size() <= MOST_DIFF_LINES) {
            return diff;
        }
        var bounded = new ArrayList<>(diff.subList(0, MOST_DIFF_LINES));
        bounded.add("\\ " + (diff.size() - MOST_DIFF_LINES) + " more lines");
        return bounded;
    }

    /** A phone reads anew what changed; that it does not find a file any more makes none restart. */
    private Preview judged(Phone phone, List<FilePreview> files) {
        var restarts = Restarts.of(phones.template(phone));
        var worst = files.stream().anyMatch(file -> file.standing() == Standing.NEW) ? Verdict.MAY : Verdict.NO;
        var because = new ArrayList<String>();
        for (var line : files.stream().filter(file -> file.standing() == Standing.CHANGED).flatMap(file -> changed(file.diff())).toList()) {
            var restart = restarts.of(line);
            if (restart.compareTo(worst) > 0) {
                worst = restart;
                because.clear();
            }
            if (restart == worst && restart != Verdict.NO && because.size() < MOST_REASONS && !because.contains(line)) {
                because.add(line);
            }
        }
        return new Preview(phone, effect(worst, files), because, Optional.empty(), files);
    }

    private static Stream<String> changed(List<String> diff) {
        return diff.stream().filter(line -> line.startsWith("-") || line.startsWith("+")).map(line -> line.substring(1).strip());
    }

    private static Effect effect(Verdict worst, List<FilePreview> files) {
        if (files.stream().allMatch(file -> file.standing() == Standing.UNCHANGED || file.standing() == Standing.GONE)) {
            return Effect.NOTHING;
        }
        return switch (worst) {
            case NO -> Effect.STAYS_UP;
            case MAY -> Effect.MAY_RESTART;
            case YES -> Effect.RESTARTS;
        };
    }
}
