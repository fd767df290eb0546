package gatehouse.phones;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import gatehouse.templates.RenderedFile;
import gatehouse.templates.Template;
import gatehouse.templates.TemplateException;
import gatehouse.templates.Templates;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The templates that came with the box, and the company's own, which have other names and were read before they are kept. Thread-safe. */
public final class PhoneTemplates {
    private static final System.Logger LOG = System.getLogger(PhoneTemplates.class.getName());
    private static final String OBJECT = "PHONE_TEMPLATE";
    private static final Pattern FILENAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}\\.ph\\.xml");
    private static final int MOST = 50; // a megabyte each at worst

    /** @param who in a sentence: {@code the phone 001565aabbcc}; @param model that the template must have; empty for none */
    public record Use(String who, String model) { }

    private final Templates shipped;
    private final TemplateStore store;
    private final Audit audit;
    private final Clock clock;
    private final List<Function<String, List<Use>>> users = new CopyOnWriteArrayList<>();
    private final Map<String, String> sources = new ConcurrentHashMap<>();
    private final Map<String, Optional<Template>> read = new ConcurrentHashMap<>();

    public PhoneTemplates(Templates shipped, TemplateStore store, Audit audit, Clock clock) {
        this.shipped = shipped;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        sources.putAll(store.all());
    }

    /** Whoever else names templates, asked before one goes. @param uses of a template by its file name */
    public void usedBy(Function<String, List<Use>> uses) {
        users.add(uses);
    }

    /** By file name. */
    public Collection<Template> all() {
        var all = new TreeMap<String, Template>();
        sources.keySet().forEach(name -> own(name).ifPresent(template -> all.put(name, template)));
        shipped.all().forEach(template -> all.put(template.filename(), template));
        return all.values();
    }

    public Optional<Template> named(String filename) {
        return shipped.named(filename).or(() -> own(filename));
    }

    /**
     * What a phone gets that has not shown who it is. Those that came with the box answer first, so that one of the company's own cannot
     * lead another maker's phones away. @param url where it is to ask next; @param account by which it may dial a PIN; empty for none
     */
    public Optional<RenderedFile> starter(String file, String userAgent, String url, Map<String, String> account) {
        return shipped.all().stream().flatMap(template -> template.starter(file, userAgent, url, account).stream()).findFirst()
                .or(() -> sources.keySet().stream().sorted().flatMap(name -> own(name).stream())
                        .flatMap(template -> template.starter(file, userAgent, url, account).stream()).findFirst());
    }

    public boolean isOwn(String filename) {
        return sources.containsKey(filename) && shipped.named(filename).isEmpty();
    }

    /** Read when first asked for; one that an older box took and this one does not is left out and named in the log. */
    private Optional<Template> own(String filename) {
        var source = sources.get(filename);
        return source == null ? Optional.empty() : read.computeIfAbsent(filename, name -> {
            try {
                return Optional.of(Template.read(name, source));
            } catch (TemplateException e) {
                LOG.log(Level.WARNING, "The template " + name + " cannot be used: " + e.getMessage());
                return Optional.empty();
            }
        });
    }

    void create(Actor actor, String filename, String content) {
        var problems = new Problems();
        problems.addIf(!FILENAME.matcher(filename).matches(), "filename", "pattern",
                "filename must have letters, digits, - and _, and end in .ph.xml.");
        if (shipped.all().stream().anyMatch(template -> template.filename().equalsIgnoreCase(filename))
                || sources.keySet().stream().anyMatch(filename::equalsIgnoreCase)) {
            problems.add(Problem.conflict("filename", "There is a template " + filename + " already; choose another name."));
        }
        var template = check(filename, content, problems);
        problems.check();
        if (sources.size() >= MOST) {
            throw Problem.of(Code.CONFLICT, "There are " + MOST + " templates of your own already, which is the most; remove one first.").raise();
        }
        keep(actor, Action.CREATE, filename, content, template.orElseThrow());
    }

    private static Optional<Template> check(String filename, String content, Problems problems) {
        try {
            var template = Template.read(filename, content);
            template.tryOut();
            return Optional.of(template);
        } catch (TemplateException e) {
            problems.add(new Problem(Code.VALIDATE_FAILED, "This is no template a phone could be given: " + e.getMessage(),
                    Map.of("field", "content", "rule", "template", "line", Integer.toString(e.line()))));
            return Optional.empty();
        }
    }

    private void keep(Actor actor, Action action, String filename, String content, Template template) {
        store.write(tx -> {
            store.save(tx, filename, content, clock.instant());
            audit.record(tx, actor, action, OBJECT, filename, null, null);
            tx.afterCommit(() -> {
                sources.put(filename, content);
                read.put(filename, Optional.of(template));
            });
            return null;
        });
    }

    /** @param phones that have it */
    void update(Actor actor, String filename, String content, List<Use> phones) {
        mustBeOwn(filename);
        var problems = new Problems();
        var template = check(filename, content, problems);
        problems.check();
        var lost = uses(filename, phones).stream().filter(use -> !use.model().isEmpty() && template.orElseThrow().model(use.model()).isEmpty()).map(Use::who)
                .toList();
        if (!lost.isEmpty()) {
            throw Problem.of(Code.CONFLICT, "The new content has no model for " + some(lost) + "; give them another template first.").raise();
        }
        keep(actor, Action.UPDATE, filename, content, template.orElseThrow());
    }

    void delete(Actor actor, String filename, List<Use> phones) {
        mustBeOwn(filename);
        var uses = uses(filename, phones).stream().map(Use::who).toList();
        if (!uses.isEmpty()) {
            throw Problem.of(Code.CONFLICT, "This template is in use (" + some(uses) + "). Give them another one first.").raise();
        }
        store.write(tx -> {
            store.delete(tx, filename);
            audit.record(tx, actor, Action.DELETE, OBJECT, filename, null, null);
            tx.afterCommit(() -> {
                sources.remove(filename);
                read.remove(filename);
            });
            return null;
        });
    }

    private List<Use> uses(String filename, List<Use> phones) {
        var all = new ArrayList<>(phones);
        users.forEach(other -> all.addAll(other.apply(filename)));
        return all;
    }

    private static String some(List<String> all) {
        return String.join(", ", all.subList(0, Math.min(5, all.size()))) + (all.size() > 5 ? " and " + (all.size() - 5) + " more" : "");
    }

    private void mustBeOwn(String filename) {
        if (shipped.named(filename).isPresent()) {
            throw Problem.of(Code.CONFLICT, "This template came with the box and stays as it is; make one of your own from its content.").raise();
        }
        if (!sources.containsKey(filename)) {
            throw Problem.notFound("template").raise();
        }
    }
}
