package gatehouse;

import gatehouse.Config.LogLevel;
import gatehouse.Config.PortRange;
import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import gatehouse.pnp.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@link Config} from flags, environment and file, and says everything that is wrong with them at once. */
final class ConfigReader {
    private static final String CONFIG_FLAG = "--config";
    private static final String CONFIG_VARIABLE = "GATEHOUSE_CONFIG";
    private static final String PASSWORD_VARIABLE = "GATEHOUSE_ADMIN_PASSWORD";
    private static final Pattern PLACE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._\\-@]{0,14})(?::([1-9]\\d{0,3}|[1-5]\\d{4}))?"); // IFNAMSIZ is 16
    private static final int SMALLEST_RTP_RANGE = 4; // one call: an RTP and an RTCP port for each of two legs

    /** A value and where it was said, so that a complaint can point there. */
    private record Said(String value, String where) { }

    private final Map<Setting, Said> said = new EnumMap<>(Setting.class);
    private final List<Problem> problems = new ArrayList<>();

    private ConfigReader() {
    }

    /**
     * @param arguments   the command line
     * @param environment usually {@link System#getenv()}
     * @throws ProblemException with every broken rule, each naming the place it was set in
     */
    static Config read(String[] arguments, Map<String, String> environment) {
        return new ConfigReader().config(List.of(arguments), environment);
    }

    private Config config(List<String> arguments, Map<String, String> environment) {
        var flags = flags(arguments);
        var file = Optional.ofNullable(flags.file).or(() -> Optional.ofNullable(environment.get(CONFIG_VARIABLE)));
        file.ifPresent(path -> readFile(Path.of(path)));
        for (var setting : Setting.values()) {
            Optional.ofNullable(environment.get(setting.variable())).ifPresent(value -> said.put(setting, new Said(value, setting.variable())));
        }
        said.putAll(flags.values);
        var config = build(environment);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return config;
    }

    private record Flags(Map<Setting, Said> values, String file) { }

    private Flags flags(List<String> arguments) {
        var values = new EnumMap<Setting, Said>(Setting.class);
        String file = null;
        for (var rest = arguments.listIterator(); rest.hasNext();) {
            var argument = rest.next();
            var equals = argument.indexOf('=');
            var flag = equals < 0 ? argument : argument.substring(0, equals);
            var setting = Setting.byFlag(flag);
            if (setting.isEmpty() && !flag.equals(CONFIG_FLAG)) {
                wrong(flag, "is not a flag of Gatehouse. " + nearest(flag, Arrays.stream(Setting.values()).map(Setting::flag).toList()));
                skipValue(rest);
                continue;
            }
            if (equals < 0 && !rest.hasNext()) {
                wrong(flag, "needs a value after it.");
                continue;
            }
            var value = equals < 0 ? rest.next() : argument.substring(equals + 1);
            if (setting.isPresent()) {
                values.put(setting.get(), new Said(value, flag));
            } else {
                file = value;
            }
        }
        return new Flags(values, file);
    }

    /** What follows a mistyped flag is its value, not a second mistake. */
    private static void skipValue(ListIterator<String> rest) {
        if (rest.hasNext() && rest.next().startsWith("--")) {
            rest.previous();
        }
    }

    private void readFile(Path file) {
        try {
            var settings = LoadSettings.builder().setAllowDuplicateKeys(false).setLabel(file.toString()).build();
            switch (new Load(settings).loadFromString(Files.readString(file, StandardCharsets.UTF_8))) {
                case null -> { }
                case Map<?, ?> entries -> entries.forEach((key, value) -> fromFile(file, String.valueOf(key), value));
                default -> wrong(file.toString(), "must hold lines of the form name: value.");
            }
        } catch (IOException e) {
            wrong(file.toString(), "cannot be read: " + e.getMessage());
        } catch (YamlEngineException e) {
            wrong(file.toString(), "is not valid YAML: " + e.getMessage());
        }
    }

    private void fromFile(Path file, String key, Object value) {
        var where = key + " in " + file;
        Setting.byKey(key).ifPresentOrElse(setting -> {
            if (value == null) {
                return; // a name without a value means the default, so that a commented template stays valid
            }
            said.put(setting, new Said(value.toString(), where));
        }, () -> wrong(where, "is not a setting of Gatehouse. " + nearest(key, Arrays.stream(Setting.values()).map(Setting::key).toList())));
    }

    private Config build(Map<String, String> environment) {
        var config = new Config(Path.of(text(Setting.DATA)).toAbsolutePath().normalize(), address(),
                port(Setting.HTTPS_PORT), port(Setting.HTTP_PORT), port(Setting.SIP_PORT), port(Setting.SIPS_PORT), range(), discovery(), domain(),
                optional(Setting.CONSOLE_PORT), optional(Setting.BOARD), level(), Optional.ofNullable(environment.get(PASSWORD_VARIABLE)));
        var taken = new HashSet<Integer>();
        for (int port : List.of(config.httpsPort(), config.httpPort(), config.sipPort(), config.sipsPort(), config.discovery().tftpPort(),
                config.discovery().certificatePort())) {
            if (port != 0 && !taken.add(port)) {
                wrong("port " + port, "is given to two listeners; each needs its own.");
            }
            if (port >= config.rtpPorts().first() && port <= config.rtpPorts().last()) {
                wrong("port " + port, "lies inside the media range " + text(Setting.RTP_PORTS) + "; move one of them.");
            }
        }
        config.adminPassword().filter(password -> password.length() < 8).ifPresent(
                _ -> wrong(PASSWORD_VARIABLE, "must have at least 8 characters."));
        return config;
    }

    private String text(Setting setting) {
        return optional(setting).orElse("");
    }

    private Optional<String> optional(Setting setting) {
        return Optional.ofNullable(said.get(setting)).map(Said::value).map(String::strip).filter(value -> !value.isEmpty()).or(setting::fallback);
    }

    private String where(Setting setting) {
        return Optional.ofNullable(said.get(setting)).map(Said::where).orElse(setting.flag());
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(text(Setting.BIND));
        } catch (UnknownHostException e) {
            wrong(where(Setting.BIND), "must be an address of this machine, such as 0.0.0.0 for all; " + text(Setting.BIND) + " is not known.");
            return InetAddress.getLoopbackAddress();
        }
    }

    private int port(Setting setting) {
        return number(text(setting)).filter(port -> port >= 1 && port <= 65535).orElseGet(() -> {
            wrong(where(setting), "must be a port from 1 to 65535, not " + text(setting) + ".");
            return 0;
        });
    }

    private PortRange range() {
        var ends = text(Setting.RTP_PORTS).split("-", 2);
        var first = number(ends[0]).orElse(-1);
        var last = number(ends[ends.length - 1]).orElse(-1);
        if (ends.length != 2 || first < 1024 || last > 65535 || last - first + 1 < SMALLEST_RTP_RANGE) {
            wrong(where(Setting.RTP_PORTS), "must be two ports from 1024 to 65535, at least " + SMALLEST_RTP_RANGE
                    + " wide, such as " + Setting.RTP_PORTS.fallback().orElseThrow() + "; it is " + text(Setting.RTP_PORTS) + ".");
            return new PortRange(30000, 31999);
        }
        return new PortRange(first, last);
    }

    private Config.Discovery discovery() {
        return new Config.Discovery(off(Setting.PNP) ? List.of() : Arrays.stream(text(Setting.PNP).split(",")).map(String::strip).map(this::place).toList(),
                off(Setting.TFTP_PORT) ? 0 : port(Setting.TFTP_PORT), off(Setting.CERTIFICATE_PORT) ? 0 : port(Setting.CERTIFICATE_PORT));
    }

    private boolean off(Setting setting) {
        return text(setting).equalsIgnoreCase("off") || text(setting).equalsIgnoreCase("false"); // YAML reads a bare off as a word, other readers as false
    }

    /** An interface, and a port after a colon where the phones were told another. */
    private Place place(String text) {
        var place = PLACE.matcher(text);
        if (!place.matches()) {
            wrong(where(Setting.PNP), "must be off, or names of interfaces with commas between, such as eth0,eth1; not " + text + ".");
            return new Place("", Place.PORT);
        }
        return new Place(place.group(1), place.group(2) == null ? Place.PORT : Integer.parseInt(place.group(2)));
    }

    private String domain() {
        var domain = text(Setting.DOMAIN).toLowerCase(Locale.ROOT);
        if (domain.length() > 253 || !domain.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            wrong(where(Setting.DOMAIN), "must be a host name of letters, digits, dots and hyphens, not " + domain + ".");
        }
        return domain;
    }

    private LogLevel level() {
        for (var level : LogLevel.values()) {
            if (level.name().equalsIgnoreCase(text(Setting.LOG_LEVEL))) {
                return level;
            }
        }
        wrong(where(Setting.LOG_LEVEL), "must be error, warning, info or debug, not " + text(Setting.LOG_LEVEL) + ".");
        return LogLevel.INFO;
    }

    private static Optional<Integer> number(String text) {
        return text.strip().matches("\\d{1,5}") ? Optional.of(Integer.parseInt(text.strip())) : Optional.empty();
    }

    private void wrong(String where, String why) {
        problems.add(Problem.invalid(where, "setting", where + " " + why));
    }

    private static String nearest(String given, List<String> known) {
        return known.stream().filter(name -> name.startsWith(given) || distance(name, given) <= 2).min(Comparator.comparing(name -> distance(name, given)))
                .map(name -> "Did you mean " + name + "?").orElse("See --help for all of them.");
    }

    /** How many letters to change, add or drop to get from one to the other (Levenshtein). */
    private static int distance(String one, String other) {
        var above = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            var row = new int[other.length() + 1];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                var swap = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[other.length()];
    }
}
