package gatehouse.provisioning;

import gatehouse.core.Events;
import gatehouse.core.Lockouts;
import gatehouse.phones.Phone;
import gatehouse.phones.Phones;
import gatehouse.templates.Template.RenderedFile;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides who gets which file. Thread-safe. */
public final class Provisioning {
    private static final System.Logger LOG = System.getLogger(Provisioning.class.getName());
    private static final int MISSES = 30; // a phone asks for a handful of files that do not exist at each boot; a guesser for millions
    private static final Duration FIRST_LOCK = Duration.ofSeconds(10);
    private static final Duration LONGEST_LOCK = Duration.ofMinutes(10);
    private static final Pattern MAC = Pattern.compile("(?i)(?<![0-9a-f])(?:[0-9a-f]{2}[:\\-]?){5}[0-9a-f]{2}(?![0-9a-f])");

    /** The ports that phones are told of. */
    public record Ports(int sip, int sips, int http, int https) { }

    /** @param boxAddress the box as this phone reaches it; @param scheme {@code http} or {@code https} */
    public record Request(String folder, String file, String boxAddress, String scheme, String remoteAddress, String userAgent) { }

    public sealed interface Outcome {
        record Found(RenderedFile file) implements Outcome { }

        /** Nothing there, or not for this phone: nobody outside can tell which. */
        record Missing() implements Outcome { }

        record LockedOut(Instant until) implements Outcome { }
    }

    private final Phones phones;
    private final Users users;
    private final Ports ports;
    private final String domain;
    private final Events events;
    private final Clock clock;
    private final Lockouts lockouts;

    public Provisioning(Phones phones, Users users, Ports ports, String domain, Events events, Clock clock) {
        this.phones = phones;
        this.users = users;
        this.ports = ports;
        this.domain = domain;
        this.events = events;
        this.clock = clock;
        this.lockouts = new Lockouts(clock, MISSES, FIRST_LOCK, LONGEST_LOCK);
    }

    public Outcome fetch(Request request) {
        var locked = lockouts.lockedUntil(request.remoteAddress);
        if (locked.isPresent()) {
            return new Outcome.LockedOut(locked.get());
        }
        var phone = phones.inFolder(request.folder).filter(found -> isIt(found, request));
        var file = phone.flatMap(found -> render(found, request));
        if (file.isEmpty()) {
            lockouts.failed(request.remoteAddress).ifPresent(until ->
                    LOG.log(Level.WARNING, request.remoteAddress + " asked for many files that are not there and is locked until " + until));
            return new Outcome.Missing();
        }
        lockouts.succeeded(request.remoteAddress);
        events.publish(new ProvisioningEvent(phone.get().mac(), request.file, request.remoteAddress, request.userAgent, clock.instant()));
        LOG.log(Level.INFO, "Phone " + phone.get().mac() + " fetched " + request.file + " from " + request.remoteAddress);
        return new Outcome.Found(file.get());
    }

    /** A phone that names a MAC in its User-Agent must name its own. */
    private static boolean isIt(Phone phone, Request request) {
        var named = MAC.matcher(request.userAgent);
        while (named.find()) {
            var mac = named.group().replaceAll("[:\\-]", "").toLowerCase(Locale.ROOT);
            if (!mac.equals(phone.mac())) {
                LOG.log(Level.WARNING, "A phone that calls itself " + mac + " asked at " + request.remoteAddress + " for the files of " + phone.mac());
                return false;
            }
        }
        return true;
    }

    private Optional<RenderedFile> render(Phone phone, Request request) {
        return users.byId(phone.userId()).filter(User::enabled).flatMap(user -> user.extensionNumber()
                .flatMap(number -> users.sipSecret(number)).flatMap(secret -> phones.template(phone).file(request.file, variables(phone, user, secret, request))));
    }

    private Map<String, String> variables(Phone phone, User user, String secret, Request request) {
        var number = user.extensionNumber().orElseThrow();
        var secrets = phones.secrets(phone);
        var transport = phone.settings().path("preferred_transport").asText("UDP");
        var all = new HashMap<String, String>(64);
        all.put("mac_address", phone.mac());
        all.put("MAC_ADDRESS", phone.mac().toUpperCase(Locale.ROOT));
        all.put("model", phone.model());
        all.put("extension", number);
        all.put("sip_user", number);
        all.put("sip_auth_user", number);
        all.put("sip_password", secret);
        all.put("display_name", user.displayName());
        all.put("sip_server", request.boxAddress);
        all.put("sip_port", Integer.toString(transport.equals("TLS") ? ports.sips : ports.sip));
        all.put("sip_domain", domain);
        all.put("transport", transport);
        all.put("transport_" + transport.toLowerCase(Locale.ROOT), "1");
        all.put("admin_password", secrets.password());
        all.put("door_password1", secrets.doorPassword1());
        all.put("door_password2", secrets.doorPassword2());
        all.put("provision_url", request.scheme + "://" + request.boxAddress + ":" + (request.scheme.equals("https") ? ports.https : ports.http)
                + "/provision/" + phone.folder() + "/");
        all.put("ntp_server", request.boxAddress);
        settings(phone, all);
        return all;
    }

    private static void settings(Phone phone, Map<String, String> all) {
        var settings = phone.settings();
        all.put("language", settings.path("language").asText(""));
        all.put("timezone", settings.path("timezone").asText(""));
        settings.path("codecs").forEach(codec -> all.put("codec_" + codec.asText().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""), "1"));
        all.put("lldp", settings.path("enable_lldp").asBoolean() ? "1" : "");
        all.put("vlan_wan", settings.path("enable_vlan_wan_port").asBoolean() ? "1" : "");
        all.put("vlan_wan_id", settings.path("wan_port_id").asText(""));
        all.put("vlan_wan_priority", settings.path("wan_port_priority").asText(""));
        all.put("vlan_pc", settings.path("enable_vlan_pc_port").asBoolean() ? "1" : "");
        all.put("vlan_pc_id", settings.path("pc_port_id").asText(""));
        all.put("vlan_pc_priority", settings.path("pc_port_priority").asText(""));
    }
}
