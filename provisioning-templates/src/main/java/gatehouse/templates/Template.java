package gatehouse.templates;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One family of phones: its models, what can be chosen for them, and the files they ask for. Parsed once, immutable, thread-safe.
 * The schema is ours ({@code phone-template.xsd}, README.md), in the family that administrators of such systems know.
 */
public final class Template {
    /** Many phones write a key as one text, {@code blf+sd;sub=…}: whom it calls may not end its part of it, nor may what stands beside it. */
    private static final Pattern NOT_DIALLED = Pattern.compile("[^\\p{L}\\p{N}*#+_.,:@~-]");
    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._+-]+");

    private static final Pattern URL = Pattern.compile("https?://(\\[[^]]*]|[^/:]*)(?::(\\d+))?/(.*)");

    /** How a phone's files name a kind of programmable key. */
    record KeyKind(String type, String line) { }

    /**
     * @param also   other names by which phones ask for it
     * @param models for which models; empty means all
     */
    record PhoneFile(TemplateText name, List<TemplateText> also, String writtenName, TemplateText body, Format format, String contentType, Set<String> models) {
        boolean isFor(Model model) {
            return models.isEmpty() || models.contains(model.name());
        }

        boolean holdsMac() {
            return writtenName.contains("%%mac_");
        }
    }

    private final String filename;
    private final String vendor;
    private final String version;
    private final List<Model> models;
    private final Map<Choices, List<Option>> choices;
    private final Map<Choices, Option> defaults;
    private final Map<String, KeyKind> keyKinds;
    private final Map<String, String> codecVariables;
    private final List<PhoneFile> files;
    private final List<Starter> starters;
    private final boolean upperCaseMac;
    private final String rebootEvent;
    private final String resyncEvent;
    private final String source;

    Template(String filename, String vendor, String version, List<Model> models, Map<Choices, List<Option>> choices, Map<Choices, Option> defaults,
             Map<String, KeyKind> keyKinds, List<PhoneFile> files, List<Starter> starters, boolean upperCaseMac, String rebootEvent, String resyncEvent, String source) {
        this.filename = filename;
        this.vendor = vendor;
        this.version = version;
        this.models = List.copyOf(models);
        this.choices = Map.copyOf(choices);
        this.defaults = Map.copyOf(defaults);
        this.keyKinds = Map.copyOf(keyKinds);
        this.codecVariables = choices(Choices.CODECS).stream().collect(Collectors.toUnmodifiableMap(codec -> codec, Template::codecVariable));
        this.files = List.copyOf(files);
        this.starters = List.copyOf(starters);
        this.upperCaseMac = upperCaseMac;
        this.rebootEvent = rebootEvent;
        this.resyncEvent = resyncEvent;
        this.source = source;
    }

    /** @throws TemplateException for a template that cannot be used; the message names the line */
    public static Template read(String filename, String xml) {
        return TemplateReader.read(filename, xml);
    }

    /**
     * Renders every file once for a phone of each shape that the template has, with all keys and places taken: what would only fail when a
     * phone comes is better known when the template is kept.
     *
     * @throws TemplateException for a file that would be larger than phones read
     */
    public void tryOut() {
        var seen = new HashSet<List<Object>>();
        for (var model : models) {
            if (seen.add(List.of(model.lines(), files.stream().map(file -> file.isFor(model)).toList()))) {
                try {
                    render(Trial.of(this, model));
                } catch (UnrenderableException e) {
                    throw new TemplateException(filename, 1, "for the model " + model.name() + ": " + e.getMessage());
                }
            }
        }
    }

    /** The kinds of keys it knows, in the words of its {@code blftype}. */
    Set<String> keyKinds() {
        return keyKinds.keySet();
    }

    /** Such as {@code yealink.ph.xml}. */
    public String filename() {
        return filename;
    }

    public String vendor() {
        return vendor;
    }

    public String version() {
        return version;
    }

    public List<Model> models() {
        return models;
    }

    /** The model of this name or User-Agent, whatever the case, with or without the vendor before it. */
    public Optional<Model> model(String name) {
        var prefix = vendor.toLowerCase(Locale.ROOT) + " ";
        var bare = name.toLowerCase(Locale.ROOT).startsWith(prefix) ? name.substring(prefix.length()) : name;
        return models.stream().filter(model -> model.answersTo(bare) || model.answersTo(name)).findFirst();
    }

    /** The values that may be chosen; empty when this family does not offer the choice. */
    public List<String> choices(Choices group) {
        return choices.getOrDefault(group, List.of()).stream().map(Option::value).toList();
    }

    /** The SIP {@code Event} that makes a phone restart; empty when unknown. */
    public String rebootEvent() {
        return rebootEvent;
    }

    /** The SIP {@code Event} that makes a phone fetch its files again; empty when unknown. */
    public String resyncEvent() {
        return resyncEvent;
    }

    /** The XML it was read from. */
    public String source() {
        return source;
    }

    /** The name of the file that holds the account: the last one that is named after the phone. @param mac twelve lower-case hex digits */
    public String accountFile(Model model, String mac) {
        var file = files.stream().filter(one -> one.isFor(model) && one.holdsMac()).reduce((_, last) -> last).orElseThrow();
        var values = new HashMap<>(Map.of("model", model.name(), "model_code", model.code()));
        mac(mac, values);
        return name(file.name(), Scope.of(values, List.of()));
    }

    /** Every file this phone asks for, in order. @throws UnrenderableException when a secret does not fit a file's format */
    public List<RenderedFile> render(Assignment phone) {
        var scope = scope(phone);
        return files.stream().filter(file -> file.isFor(phone.model())).map(file -> rendered(file, scope)).toList();
    }

    /** The file of this name, whatever the case phones spell a MAC in; the others are not rendered. @throws UnrenderableException as above */
    public Optional<RenderedFile> render(Assignment phone, String wanted) {
        var scope = scope(phone);
        return files.stream().filter(file -> file.isFor(phone.model()) && isCalled(file, wanted, scope)).findFirst()
                .map(file -> rendered(file, scope));
    }

    private static RenderedFile rendered(PhoneFile file, Scope scope) {
        var out = new StringBuilder(4096);
        file.body().render(out, file.format(), scope);
        return new RenderedFile(name(file.name(), scope), file.contentType(), out.toString());
    }

    private static boolean isCalled(PhoneFile file, String wanted, Scope scope) {
        return name(file.name(), scope).equalsIgnoreCase(wanted) || file.also().stream().anyMatch(name -> name(name, scope).equalsIgnoreCase(wanted));
    }

    private static String name(TemplateText name, Scope scope) {
        var out = new StringBuilder(40);
        name.render(out, Format.NAME, scope);
        return out.toString();
    }

    /**
     * What a phone gets that asks for {@code file} and has not shown who it is; empty when it is none of this family.
     *
     * @param url where it is to ask next, ending in a slash
     */
    public Optional<RenderedFile> starter(String file, String userAgent, String url) {
        return starter(file, userAgent, url, Map.of());
    }

    /** The same with an account that can do nothing but dial a PIN: {@code starter_user}, {@code starter_password}, and where to register. */
    public Optional<RenderedFile> starter(String file, String userAgent, String url, Map<String, String> account) {
        return starters.stream().filter(one -> one.answers(file, userAgent)).findFirst().map(one -> {
            var values = new HashMap<>(account);
            values.put("provisioning_url", url);
            address(values);
            var out = new StringBuilder(1024);
            one.body().render(out, one.format(), Scope.of(values, List.of()));
            return new RenderedFile(file, one.contentType(), out.toString());
        });
    }

    private Scope scope(Assignment phone) {
        var values = values(phone);
        return Scope.of(values, lines(phone, values));
    }

    /** What is at each of the model's places; {@code null} where nobody is. */
    private static List<Map<String, String>> lines(Assignment phone, Map<String, String> values) {
        var places = new ArrayList<Map<String, String>>(Collections.nCopies(phone.model().lines(), null));
        phone.lines().stream().filter(line -> line.place() >= 1 && line.place() <= places.size()).forEach(line -> places.set(line.place() - 1, Map.of(
                "ipui", line.ipui(), "extension_number", line.extensionNumber(), "display_name", line.displayName(),
                "sip_display_name", quotable(line.displayName()), "auth_name", line.authName(), "auth_password", line.authPassword())));
        if (phone.lines().isEmpty() && !values.getOrDefault("extension_number", "").isEmpty()) {
            places.set(0, values);
        }
        return places;
    }

    /** For use between quotes. */
    private static String quotable(String name) {
        return name.replace('"', ' ').replace('\\', ' ');
    }

    private Map<String, String> values(Assignment phone) {
        var values = new HashMap<String, String>(128);
        phone.values().forEach((name, value) -> {
            if (!Vocabulary.facts().contains(name)) {
                throw new IllegalArgumentException("There is no variable " + name);
            }
            values.put(name, value);
        });
        values.put("vendor", vendor);
        values.put("model", phone.model().name());
        values.put("model_code", phone.model().code());
        mac(values.getOrDefault("mac_address", ""), values);
        address(values);
        values.put("phonebook_url", values.getOrDefault("provisioning_url", "").isEmpty() ? "" : values.get("provisioning_url") + "phonebook/");
        for (var other : List.of("user_password", "engineer_password")) {
            if (values.getOrDefault(other, "").isEmpty()) {
                values.put(other, values.getOrDefault("web_password", ""));
            }
        }
        values.put("firmware_address", values.getOrDefault("firmware_url", "").replaceFirst("^https?://", ""));
        values.put("register_minutes", minutes(values.getOrDefault("register_expires", "")));
        values.put("sip_display_name", quotable(values.getOrDefault("display_name", "")));
        choices.forEach((group, options) -> {
            if (group != Choices.CODECS) {
                chosen(group, options, phone).items().forEach((item, text) -> values.put("param::" + item, text));
            }
        });
        codecs(phone.codecs(), values);
        phone.keys().forEach(key -> key(key, values));
        return values;
    }

    /** Some phones count a registration's time in minutes; none of them knows less than one. */
    private static String minutes(String seconds) {
        return seconds.matches("\\d{1,9}") ? Integer.toString(Math.max(1, Integer.parseInt(seconds) / 60)) : "";
    }

    private Option chosen(Choices group, List<Option> options, Assignment phone) {
        var wanted = phone.chosen().get(group);
        for (var option : options) {
            if (option.value().equals(wanted)) {
                return option;
            }
        }
        return defaults.get(group);
    }

    private void codecs(List<String> wanted, Map<String, String> values) {
        var known = choices.getOrDefault(Choices.CODECS, List.of());
        var chosen = wanted.stream().flatMap(codec -> known.stream().filter(option -> option.value().equalsIgnoreCase(codec))).distinct().toList();
        var used = chosen.isEmpty() ? known : chosen; // a phone without any codec could not speak at all
        for (var option : known) {
            values.put(codecVariables.get(option.value()), Integer.toString(used.indexOf(option) + 1));
        }
        var words = used.stream().map(option -> option.items().getOrDefault("codec", option.value())).toList();
        for (int i = 0; i < words.size(); i++) {
            values.put("codec" + (i + 1), words.get(i));
        }
        values.put("codecs", String.join(",", words));
    }

    /** The variable that holds a codec's rank, 1 for the best and 0 for one that is off: {@code codec_g722}. */
    static String codecVariable(String codec) {
        return "codec_" + codec.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    private void key(KeyLamp key, Map<String, String> values) {
        var kind = keyKinds.get(key.kind().toLowerCase(Locale.ROOT).replace("_", ""));
        if (kind != null && key.position() >= 1 && key.position() <= Vocabulary.MOST_KEYS) {
            var name = "blf" + key.position();
            values.put(name, "1");
            values.put(name + ".type", kind.type());
            values.put(name + ".line", kind.line());
            values.put(name + ".value", NOT_DIALLED.matcher(key.value()).replaceAll(""));
            values.put(name + ".label", key.label());
            values.put(name + ".plain", NOT_PLAIN.matcher(key.label()).replaceAll(" ").strip());
        }
    }

    private void mac(String mac, Map<String, String> values) {
        values.put("mac_address", upperCaseMac ? mac.toUpperCase(Locale.ROOT) : mac);
        values.put("mac_underscored", mac.replaceAll("(..)(?!$)", "$1_"));
        values.put("mac_dashed", mac.replaceAll("(..)(?!$)", "$1-"));
    }

    private static void address(Map<String, String> values) {
        var url = values.getOrDefault("provisioning_url", "");
        var parts = URL.matcher(url);
        var whole = parts.matches();
        values.put("provisioning_address", url.replaceFirst("^https?://", ""));
        values.put("provisioning_host", whole ? parts.group(1) : "");
        values.put("provisioning_port", whole && parts.group(2) != null ? parts.group(2) : "");
        values.put("provisioning_path", whole ? parts.group(3) : "");
        values.put("provisioning_https", url.startsWith("https:") ? "1" : "0");
    }
}
