package gatehouse.templates;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One phone family: its models, its words for our values, and the files it asks for. Immutable. */
public final class Template {
    /** @param userAgent what its User-Agent holds */
    public record Model(String name, String userAgent) { }

    /** A file for one phone. */
    public record RenderedFile(String name, String mediaType, byte[] body) { }

    /** @param name may hold variables itself */
    record DeviceFile(Body name, Format format, Body body) { }

    /** Variables that the server gives; a template may use these, the picks of its header, and no others. */
    public static final Set<String> VARIABLES = Set.of("mac_address", "MAC_ADDRESS", "model", "extension", "sip_user", "sip_auth_user", "sip_password",
            "display_name", "sip_server", "sip_port", "sip_domain", "transport", "transport_udp", "transport_tcp", "transport_tls", "language", "timezone",
            "admin_password", "provision_url", "ntp_server", "door_password1", "door_password2", "codec_pcmu", "codec_pcma", "codec_g722", "codec_opus",
            "codec_g729", "lldp", "vlan_wan", "vlan_wan_id", "vlan_wan_priority", "vlan_pc", "vlan_pc_id", "vlan_pc_priority");

    private final String filename;
    private final String name;
    private final List<Model> models;
    private final Map<String, Map<String, String>> picks;
    private final List<DeviceFile> files;
    private final Map<String, String> notifyEvents;

    Template(String filename, String name, List<Model> models, Map<String, Map<String, String>> picks, Map<String, String> notifyEvents,
             List<DeviceFile> files) {
        this.filename = filename;
        this.name = name;
        this.models = List.copyOf(models);
        this.picks = picks;
        this.notifyEvents = Map.copyOf(notifyEvents);
        this.files = List.copyOf(files);
    }

    public String filename() {
        return filename;
    }

    /** The family as people call it: Yealink. */
    public String name() {
        return name;
    }

    public List<Model> models() {
        return models;
    }

    /** The NOTIFY event that makes this family do {@code what}: {@code reboot} or {@code resync}. */
    public Optional<String> notifyEvent(String what) {
        return Optional.ofNullable(notifyEvents.get(what));
    }

    /** The files for a phone with these variables, the phone's own last. */
    public List<RenderedFile> files(Map<String, String> variables) {
        var own = translated(variables);
        return files.stream().map(file -> render(file, own)).toList();
    }

    /** The file called {@code wanted}, if this phone has one; the others are not rendered. */
    public Optional<RenderedFile> file(String wanted, Map<String, String> variables) {
        var own = translated(variables);
        return files.stream().filter(file -> name(file, own).equals(wanted)).findFirst().map(file -> render(file, own));
    }

    /** The name of the phone's own file: what its provisioning address ends in. */
    public String ownFile(Map<String, String> variables) {
        return name(files.getLast(), translated(variables));
    }

    private static String name(DeviceFile file, Map<String, String> variables) {
        return file.name.render(variables, Format.ACCOUNTS::escape);
    }

    private static RenderedFile render(DeviceFile file, Map<String, String> variables) {
        return new RenderedFile(name(file, variables), file.format.mediaType,
                file.body.render(variables, file.format::escape).getBytes(StandardCharsets.UTF_8));
    }

    /** A pick turns our word into the family's: ENGLISH into "English". What it does not list stays as it is. */
    private Map<String, String> translated(Map<String, String> variables) {
        var own = new HashMap<>(variables);
        picks.forEach((variable, words) -> own.computeIfPresent(variable, (_, value) -> words.getOrDefault(value, value)));
        return own;
    }

    Set<String> unknownVariables() {
        var unknown = new HashSet<String>();
        for (var file : files) {
            unknown.addAll(file.name.variables());
            unknown.addAll(file.body.variables());
        }
        unknown.removeAll(VARIABLES);
        return unknown;
    }
}
