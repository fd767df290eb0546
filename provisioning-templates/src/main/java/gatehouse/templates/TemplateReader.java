package gatehouse.templates;

import gatehouse.templates.Template.KeyKind;
import gatehouse.templates.Template.PhoneFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads a {@code .ph.xml}. What it does not know in the header it leaves alone, for the family of this schema has more than one author;
 * in the data nothing may be unknown, because it would reach a phone.
 */
final class TemplateReader {
    private static final int MOST_FILES = 20;
    private static final int MOST_MODELS = 500;
    /** With a hyphen or a plus, so that it is none that a browser itself runs or opens. */
    private static final Pattern APP = Pattern.compile("[a-z][a-z0-9]{1,20}[+-][a-z0-9+-]{1,20}:");
    private static final Pattern CONTENT_TYPE = Pattern.compile("(text/(plain|xml|csv)|application/(xml|octet-stream|json))(; ?charset=[A-Za-z0-9-]{1,20})?");

    private final String template;
    private final Map<Choices, List<Option>> choices = new EnumMap<>(Choices.class);
    private final Map<Choices, Option> defaults = new EnumMap<>(Choices.class);
    private final Map<String, KeyKind> keyKinds = new HashMap<>();
    private final Set<String> ownVariables = new HashSet<>();

    private TemplateReader(String template) {
        this.template = template;
    }

    /** @throws TemplateException naming the first line that is wrong */
    static Template read(String filename, String text) {
        return new TemplateReader(filename).template(XmlElement.parse(filename, text), text);
    }

    private Template template(XmlElement root, String source) {
        require(root, root.name().equals("doc"), "the root element must be <doc>");
        var header = one(root, "header");
        require(header, header.textOf("type").equals("phone-template"), "the header's <type> must be phone-template");
        var vendor = one(header, "name").text().strip();
        require(header, !vendor.isEmpty() && !header.textOf("version").isEmpty(), "the header needs a <name> and a <version>");
        header.children().forEach(this::choices);
        header.child("blftype").ifPresent(this::keyKinds);
        var models = one(header, "models").children("model").stream().map(this::model).toList();
        require(header, !models.isEmpty() && models.size() <= MOST_MODELS, "the header's <models> lists " + (models.isEmpty() ? "no model" : "more than " + MOST_MODELS));
        var data = one(root, "data");
        var files = files(data, models);
        return new Template(template, vendor, header.textOf("version"), models, choices, defaults, keyKinds, files, starters(data),
                header.textOf("original_brand").equalsIgnoreCase("snom"), event(header, "rebootParams"), event(header, "resyncParams"), source);
    }

    private static String event(XmlElement header, String name) {
        return header.child(name).map(params -> params.textOf("event-name")).orElse("");
    }

    private Model model(XmlElement model) {
        var name = model.text().strip();
        require(model, !name.isEmpty(), "a <model> needs its name as text");
        var lines = model.attribute("lines").isEmpty() ? "1" : model.attribute("lines");
        require(model, lines.matches("[0-9]{1,3}") && Integer.parseInt(lines) >= 1 && Integer.parseInt(lines) <= Model.MOST_LINES,
                "lines must be a number from 1 to " + Model.MOST_LINES);
        return new Model(name, model.attribute("ua"), model.attribute("code"), model.attribute("door").equals("true"), model.attribute("dect").equals("true"),
                Integer.parseInt(lines), app(model));
    }

    private String app(XmlElement model) {
        var app = model.attribute("app");
        require(model, app.isEmpty() || APP.matcher(app).matches(), "app is the scheme of an app of its own, such as linphone-config:");
        return app;
    }

    private void choices(XmlElement element) {
        Choices.byElement(element.name()).ifPresent(group -> {
            var options = new ArrayList<Option>();
            for (var child : element.children("option")) {
                var option = option(child);
                require(child, options.stream().noneMatch(other -> other.value().equals(option.value())), option.value() + " is listed twice");
                require(child, options.isEmpty() || options.getFirst().items().keySet().equals(option.items().keySet()),
                        option.value() + " must have the same items as the options before it");
                options.add(option);
            }
            require(element, !options.isEmpty(), "<" + element.name() + "> has no <option>");
            var preferred = element.attribute("default");
            defaults.put(group, options.stream().filter(option -> option.value().equals(preferred)).findFirst().orElse(options.getFirst()));
            require(element, preferred.isEmpty() || defaults.get(group).value().equals(preferred), "the default " + preferred + " is not an option");
            choices.put(group, List.copyOf(options));
            options.getFirst().items().keySet().forEach(item -> require(element, group == Choices.CODECS || ownVariables.add("param::" + item),
                    "the item " + item + " is bound by another choice already"));
            if (group == Choices.CODECS) {
                options.forEach(option -> ownVariables.add(Template.codecVariable(option.value())));
            }
        });
    }

    private Option option(XmlElement option) {
        var items = new HashMap<String, String>();
        for (var item : option.children("item")) {
            require(item, !item.attribute("name").isEmpty() && items.put(item.attribute("name"), item.text().strip()) == null,
                    "an <item> needs a name that no other item of this option has");
        }
        require(option, !option.attribute("value").isEmpty(), "an <option> needs a value");
        return new Option(option.attribute("value"), items);
    }

    private void keyKinds(XmlElement blftype) {
        for (var kind : blftype.children()) {
            keyKinds.put(kind.name().toLowerCase(Locale.ROOT), new KeyKind(kind.textOf("Type"), kind.textOf("Line")));
        }
    }

    private List<PhoneFile> files(XmlElement data, List<Model> models) {
        var files = new ArrayList<PhoneFile>();
        for (var device : data.children()) {
            require(device, device.name().equals("device"), "<data> holds <device> elements alone");
            for (var child : device.children()) {
                switch (child.name()) {
                    case "deviceconfig" -> files.add(file(child, models));
                    case "type", "field", "starter" -> { }
                    default -> throw wrong(child, "<device> may not hold <" + child.name() + ">");
                }
            }
        }
        require(data, !files.isEmpty() && files.size() <= MOST_FILES, "a template needs 1 to " + MOST_FILES + " <deviceconfig> elements");
        for (var model : models) {
            require(data, files.stream().anyMatch(file -> file.isFor(model) && file.holdsMac()),
                    "the model " + model.name() + " has no file with %%mac_address%% in its name");
        }
        return files;
    }

    private PhoneFile file(XmlElement config, List<Model> models) {
        var name = config.attribute("filename");
        require(config, !name.isEmpty(), "a <deviceconfig> needs a filename");
        var format = format(config, name);
        var names = Set.copyOf(listed(config, "models"));
        names.forEach(wanted -> require(config, models.stream().anyMatch(model -> model.name().equals(wanted)), "there is no model " + wanted));
        return new PhoneFile(name(config, name), listed(config, "also").stream().map(also -> name(config, also)).toList(), name,
                body(config, this::knows), format, contentType(config, format), names);
    }

    private TemplateText name(XmlElement config, String name) {
        require(config, name.replaceAll("%%\\w+%%", "x").chars().allMatch(c -> Format.NAME.holds((char) c)),
                "a filename has letters, digits, - _ . and variables alone");
        return TextCompiler.compile(template, name, config.line(), this::knows);
    }

    private Format format(XmlElement element, String name) {
        var word = element.attribute("format");
        return word.isEmpty() ? Format.of(name)
                : Format.byWord(word).orElseThrow(() -> wrong(element, "the format " + word + " is none of xml, keyvalue, quoted, accounts"));
    }

    /** What a browser would run has no place beside phones' files. */
    private String contentType(XmlElement element, Format format) {
        var given = element.attribute("contenttype");
        require(element, given.isEmpty() || CONTENT_TYPE.matcher(given).matches(), "a contenttype is text/plain, text/xml, text/csv, application/xml, "
                + "application/json or application/octet-stream, with a charset or without");
        return given.isEmpty() ? format.contentType() : given;
    }

    private TemplateText body(XmlElement element, Predicate<String> known) {
        require(element, element.children().isEmpty(), "a file's text stands in <![CDATA[ and ]]>; "
                + element.children().stream().map(child -> "<" + child.name() + ">").findFirst().orElse("") + " in it would be lost");
        var body = element.text();
        var skipped = body.length() - body.stripLeading().length();
        var firstLine = element.line() + (int) body.substring(0, skipped).chars().filter(c -> c == '\n').count();
        return TextCompiler.compile(template, body.substring(skipped), firstLine, known);
    }

    private static List<String> listed(XmlElement element, String attribute) {
        return Arrays.stream(element.attribute(attribute).split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    private List<Starter> starters(XmlElement data) {
        var starters = data.children("device").stream().flatMap(device -> device.children("starter").stream()).map(this::starter).toList();
        require(data, starters.size() <= MOST_FILES, "a template may have " + MOST_FILES + " <starter> elements");
        return starters;
    }

    private Starter starter(XmlElement element) {
        var names = globs(element, "filename");
        var agentNames = globs(element, "agentfiles");
        var agent = element.attribute("agent").strip().toLowerCase(Locale.ROOT);
        require(element, !names.isEmpty() || !agentNames.isEmpty(), "a <starter> needs a filename, or an agent and agentfiles");
        require(element, agent.isEmpty() == agentNames.isEmpty(), "agent and agentfiles of a <starter> come together");
        var format = format(element, names.isEmpty() ? agentNames.getFirst() : names.getFirst());
        return new Starter(names, agent, agentNames, body(element, Vocabulary::isOfAddress), format, contentType(element, format));
    }

    private List<String> globs(XmlElement element, String attribute) {
        var globs = listed(element, attribute).stream().map(glob -> glob.toLowerCase(Locale.ROOT)).toList();
        globs.forEach(glob -> require(element, glob.chars().allMatch(c -> c == '*' || Format.NAME.holds((char) c)) && !glob.replace("*", "").isEmpty(),
                "names of a <starter> have letters, digits, - _ . and * alone"));
        return globs;
    }

    private boolean knows(String variable) {
        return Vocabulary.knows(variable) || ownVariables.contains(variable);
    }

    private XmlElement one(XmlElement parent, String name) {
        var found = parent.children(name);
        require(parent, found.size() == 1, "<" + parent.name() + "> needs one <" + name + ">; it has " + found.size());
        return found.getFirst();
    }

    private void require(XmlElement at, boolean holds, String message) {
        if (!holds) {
            throw wrong(at, message);
        }
    }

    private TemplateException wrong(XmlElement at, String message) {
        return new TemplateException(template, at.line(), message);
    }
}
