package gatehouse.phones;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.templates.Choices;
import gatehouse.templates.Template;
import gatehouse.users.Users;
import java.util.List;
import java.util.Map;

/** Phones over HTTP. */
public final class PhoneRoutes implements Routes {
    private static final List<String> SETTINGS = List.of("language", "transfer", "timezone", "ringtone", "queue_ringtone", "external_ringtone", "date_format",
            "time_format", "powerled", "backlight", "screensaver", "rps", "https", "codecs", "enable_lldp", "enable_vlan_wan_port", "wan_port_id",
            "wan_port_priority", "enable_vlan_pc_port", "pc_port_id", "pc_port_priority", "interface", "preferred_transport", "serial_number");
    private static final Map<String, Choices> PROFILE = Map.ofEntries(Map.entry("languages", Choices.LANGUAGES),
            Map.entry("ringtones", Choices.RINGTONES), Map.entry("queue_ringtones", Choices.QUEUE_RINGTONES),
            Map.entry("external_ringtone", Choices.EXTERNAL_RINGTONES), Map.entry("date_formats", Choices.DATE_FORMATS),
            Map.entry("time_formats", Choices.TIME_FORMATS), Map.entry("powerleds", Choices.POWERLEDS), Map.entry("backlights", Choices.BACKLIGHTS),
            Map.entry("screensavers", Choices.SCREENSAVERS), Map.entry("time_zones", Choices.TIME_ZONES), Map.entry("codecs", Choices.CODECS));
    static final String SEES_SECRETS = "user_management.users";

    private final Phones phones;
    private final PhoneLists lists;
    private final int httpPort;
    private final int httpsPort;

    public PhoneRoutes(Phones phones, Users users, Sightings sightings, int httpPort, int httpsPort) {
        this.phones = phones;
        this.lists = new PhoneLists(users, sightings, phones.templates());
        this.httpPort = httpPort;
        this.httpsPort = httpsPort;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("createUserPhone", this::create);
        operations.bind("listUserPhones", this::listOfUser);
        operations.bind("showUserPhone", request -> Answer.ok(json(phones.find(request.path("id"), request.path("phone_id")), request)));
        operations.bind("updateUserPhone", this::update);
        operations.bind("deleteUserPhone", this::delete);
        operations.bind("listPhones", this::list);
        operations.bind("listPhoneModels", this::models);
        operations.bind("showFirmwareTemplateProfile", request -> Answer.ok(profile(template(request))));
        operations.bind("listFirmwareTemplates", this::templates);
        operations.bind("showFirmwareTemplate", request -> Answer.ok(summary(template(request)).put("content", template(request).source())));
    }

    private Answer create(ApiRequest request) {
        var phone = phones.create(Actor.of(request), request.path("id"), request.body());
        return Answer.ok(Json.object().put("id", phone.id()).put("url", url(phone, request)));
    }

    private Answer listOfUser(ApiRequest request) {
        var body = Json.object();
        var items = body.putArray("items");
        PhoneLists.ofUser(request, phones.of(request.path("id"))).forEach(phone -> items.add(json(phone, request)));
        return Answer.ok(body);
    }

    private Answer update(ApiRequest request) {
        phones.update(Actor.of(request), request.path("id"), request.path("phone_id"), request.body());
        return Answer.done();
    }

    private Answer delete(ApiRequest request) {
        phones.delete(Actor.of(request), request.path("id"), request.path("phone_id"));
        return Answer.noContent();
    }

    ObjectNode json(Phone phone, ApiRequest request) {
        var secrets = phones.secrets(phone);
        var body = Json.object().put("id", phone.id()).put("mac", phone.mac()).put("filename", phone.template()).put("vendor", phone.vendor())
                .put("model", phone.model()).put("password", secrets.password()).put("door_password1", orNull(secrets.doorPassword1()))
                .put("door_password2", orNull(secrets.doorPassword2())).put("url", url(phone, request))
                .put("fwver", lists.firmware(phone).orElse(null));
        SETTINGS.forEach(field -> body.set(field, phone.settings().has(field) ? phone.settings().get(field) : NullNode.getInstance()));
        return body;
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** The box as the administrator reaches it, on the port phones use. */
    String url(Phone phone, ApiRequest request) {
        var https = phone.settings().path("https").asBoolean();
        var host = request.origin().replaceAll("^https?://", "").replaceAll(":\\d+$", "");
        var template = phones.template(phone);
        var file = template.accountFile(template.model(phone.model()).orElseThrow(), phone.mac());
        return (https ? "https://" + host + ":" + httpsPort : "http://" + host + ":" + httpPort) + "/provision/" + phone.folder() + "/" + file;
    }

    private Answer list(ApiRequest request) {
        var body = Json.object();
        var items = body.putArray("items");
        lists.every(request, phones.all()).forEach(phone -> items.add(summary(phone, request.caller().may(SEES_SECRETS))));
        return Answer.ok(body);
    }

    ObjectNode summary(Phone phone, boolean secrets) {
        return Json.object().put("extension_number", lists.number(phone).orElse(null)).put("vendor", phone.vendor()).put("model", phone.model())
                .put("fwver", lists.firmware(phone).orElse(null)).put("name", lists.name(phone).orElse(null))
                .put("password", secrets ? phones.secrets(phone).password() : null).putNull("vm_pin")
                .put("ip", lists.ip(phone).orElse(null)).put("mac", phone.mac());
    }

    private Answer models(ApiRequest request) {
        var body = Json.object();
        var items = body.putArray("items");
        lists.models(request).forEach(one -> items.addObject().put("filename", one.template().filename())
                .put("model", one.model()).put("display_name", one.displayName()));
        return Answer.ok(body);
    }

    private Template template(ApiRequest request) {
        return phones.templates().named(request.path("filename")).orElseThrow(() -> Problem.notFound("template").raise());
    }

    private Answer templates(ApiRequest request) {
        var body = Json.object();
        var items = body.putArray("items");
        lists.templates(request).forEach(template -> items.add(summary(template)));
        return Answer.ok(body);
    }

    private ObjectNode summary(Template template) {
        return Json.object().put("filename", template.filename()).put("is_custom", phones.templates().isOwn(template.filename()));
    }

    /** What can be chosen for its phones. */
    private static ObjectNode profile(Template template) {
        var body = Json.object().put("filename", template.filename());
        PROFILE.forEach((field, group) -> {
            var values = body.putArray(field);
            template.choices(group).forEach(values::add);
        });
        return body.put("enable_lldp", false).put("enable_vlan_wan_port", false).putNull("wan_port_id").putNull("wan_port_priority")
                .put("enable_vlan_pc_port", false).putNull("pc_port_id").putNull("pc_port_priority");
    }
}
