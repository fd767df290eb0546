package gatehouse.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.calls.CallEvent;
import gatehouse.calls.LiveCall;
import gatehouse.company.CompanyEvent;
import gatehouse.core.Event;
import gatehouse.identity.IdentityEvent;
import gatehouse.doors.DoorEvent;
import gatehouse.ipfilters.IpRuleEvent;
import gatehouse.notifications.NotificationEvent;
import gatehouse.phonelogs.PhoneLogEvent;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneEvent;
import gatehouse.presence.PresenceChanged;
import gatehouse.provisioning.ProvisioningEvent;
import gatehouse.queues.QueueEvent;
import gatehouse.recordings.RecordingEvent;
import gatehouse.registrations.RegistrationChanged;
import gatehouse.resources.ResourceEvent;
import gatehouse.signin.SignInEvent;
import gatehouse.sip.SipEvent;
import gatehouse.users.User;
import gatehouse.users.UserEvent;
import gatehouse.voicemail.Mailbox;
import gatehouse.voicemail.VoicemailEvent;
import gatehouse.voicemail.VoicemailEvent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts events into words for clients. Who may read a thing over REST hears of it, and everybody of themselves. What changed is told, never
 * what it says now: a client that cares asks for it.
 */
final class Telling {
    static final String USERS = "user_management.users";
    private static final String CALLS = "company_call_log.call_log_view_only";
    private static final String RECORDINGS = "company_call_log.call_recording_view_only";
    private static final String PHONES = "phone_system.view_only";
    private static final String SYSTEM = "system.information";
    private static final String COMPANY = "company.view_only";
    /** Whoever may see the table's things; the others belong to the phone system. */
    private static final Map<String, String> TABLES = Map.of("trunks", "trunk.view_only", "contacts", COMPANY, "holidays", COMPANY,
            "user_groups", USERS, "ip_filters", SYSTEM);
    /** Nobody's but the owner's. */
    private static final Set<String> PRIVATE = Set.of("personal_contacts");
    private static final String NOBODY = "nobody";

    private final Function<String, Optional<User>> users;

    /** @param users a user by id */
    Telling(Function<String, Optional<User>> users) {
        this.users = users;
    }

    Optional<Told> of(Event event) {
        return switch (event) {
            case RegistrationChanged(var number, var online) ->
                    told(typed("registration").put("extension_number", number).put("online", online), Audience.holding(USERS).or(number));
            case PresenceChanged(var number, var presence, var note) -> told(typed("presence").put("extension_number", number)
                    .put("presence", presence.name()).put("presence_note", note.orElse(null)), Audience.holding(USERS).or(number));
            case CallEvent call -> call(call);
            case DoorEvent door -> door(door);
            case QueueEvent.AgentStatusChanged(var id, var queue, var agent, var status) -> told(typed("agent").put("queue_id", id).put("queue", queue)
                    .put("extension_number", agent).put("status", status.name()), Audience.holding(PHONES).or(agent));
            case QueueEvent.AgentsChanged(var id, var queue) -> told(typed("agents").put("queue_id", id).put("queue", queue), Audience.holding(PHONES));
            case UserEvent user -> told(typed("user").put("id", user.user().id()).put("change", change(user)),
                    Audience.holding(USERS).orUser(user.user().id()));
            case PhoneEvent phone -> phone(phone.phone(), typed("phone").put("change", change(phone)));
            case ProvisioningEvent.Fetched(var phone, var file, var fetch) -> phone(phone, typed("provisioning").put("file", file)
                    .put("ip", fetch.address()).put("user_agent", fetch.userAgent()));
            case CompanyEvent.Updated _ -> told(typed("company").put("change", "updated"), Audience.holding(COMPANY));
            case CompanyEvent.HeadersUpdated _ -> told(typed("company").put("change", "headers"), Audience.holding(COMPANY));
            case IdentityEvent.OtherAddress(var phone, var before, var now, var given) -> told(typed("alarm").put("alarm", "phone_address")
                    .put("mac", phone.mac()).put("before", before).put("ip", now).put("given", given), Audience.holding(PHONES));
            case IdentityEvent.CertificateRefused(var phone, var address, var why, var _) -> told(typed("alarm").put("alarm", "phone_certificate")
                    .put("mac", phone.mac()).put("ip", address).put("why", why.name()), Audience.holding(PHONES));
            case IdentityEvent.PinClosed(var user, var address) -> told(typed("alarm").put("alarm", "adoption_pin").put("user_id", user).put("ip", address),
                    Audience.holding(PHONES));
            case ProvisioningEvent.Guessing(var address) -> alarm("provisioning_guessing", "", address);
            case PhoneLogEvent.Arrived(var mac, var name, var _) -> told(typed("phone_log").put("mac", mac).put("name", name), Audience.holding(PHONES));
            case RecordingEvent.Kept(var recording) -> told(typed("recording").put("id", recording.id()).put("change", "created"), Audience.holding(RECORDINGS));
            case RecordingEvent.Deleted(var recording) -> told(typed("recording").put("id", recording.id()).put("change", "deleted"),
                    Audience.holding(RECORDINGS));
            case ResourceEvent resource -> resource(resource);
            case NotificationEvent.GivenUp(var recipient, var why) -> told(typed("alarm").put("alarm", "mail").put("recipient", recipient).put("why", why),
                    Audience.holding(SYSTEM));
            case SipEvent.LockedOut(var username, var address, var _) -> alarm("sip_lock_out", username, address);
            case SignInEvent.LockedOut(var name, var address, var _) -> alarm("sign_in_lock_out", name, address);
            case IpRuleEvent.Blocked(var address) -> alarm("blocked", "", address);
            case VoicemailEvent voicemail -> voicemail(voicemail);
            default -> Optional.empty();
        };
    }

    private static Optional<Told> call(CallEvent event) {
        return switch (event) {
            case CallEvent.Started(var call) -> call("started", call);
            case CallEvent.Ringing(var call) -> call("ringing", call);
            case CallEvent.Answered(var call) -> call("answered", call);
            case CallEvent.Ended(var id, var record) -> call("ended", id, record.caller(), record.callee());
            case CallEvent.DigitPressed _ -> Optional.empty(); // digits may be secrets
        };
    }

    private static Optional<Told> call(String state, LiveCall call) {
        return call(state, call.id(), call.caller(), call.callee());
    }

    private static Optional<Told> call(String state, String id, String caller, String callee) {
        return told(typed("call").put("state", state).put("id", id).put("caller", caller).put("callee", callee), Audience.holding(CALLS).or(caller, callee));
    }

    private static Optional<Told> door(DoorEvent event) {
        return told(switch (event) {
            case DoorEvent.Opened(var id, var by) -> typed("door").put("id", id).put("energised", true).put("by", by);
            case DoorEvent.Shut(var id) -> typed("door").put("id", id).put("energised", false);
            case DoorEvent.Refused(var doorPhone, var by, var locked) -> typed("alarm").put("alarm", "door_code").put("door_phone", doorPhone).put("by", by)
                    .put("locked", locked);
        }, Audience.holding(PHONES));
    }

    private static Optional<Told> alarm(String kind, String name, String address) {
        return told(typed("alarm").put("alarm", kind).put("name", name).put("ip", address), Audience.holding(SYSTEM));
    }

    private static Optional<Told> voicemail(VoicemailEvent event) {
        return told(typed("voicemail").put("id", event.voicemail().id()).put("change", switch (event) {
            case VoicemailEvent.Arrived _ -> "arrived";
            case VoicemailEvent.Marked _ -> "marked";
            case VoicemailEvent.Deleted _ -> "deleted";
        }), switch (event.voicemail().mailbox()) {
            case Mailbox.Own(var userId) -> Audience.holding(NOBODY).orUser(userId);
            case Mailbox.Shared _ -> Audience.holding(PHONES);
        });
    }

    private static Optional<Told> phone(Phone phone, ObjectNode body) {
        return told(body.put("id", phone.id()).put("mac", phone.mac()), Audience.holding(USERS).orUser(phone.userId()));
    }

    /** A thing that belongs to somebody is that person's alone, but for who manages users. */
    private Optional<Told> resource(ResourceEvent event) {
        var resource = event.resource();
        var body = typed("resource").put("area", event.table()).put("id", resource.id()).put("change", change(event));
        var owner = users.apply(resource.owner());
        return told(body, owner.isPresent() ? Audience.holding(PRIVATE.contains(event.table()) ? NOBODY : USERS).orUser(owner.get().id())
                : Audience.holding(TABLES.getOrDefault(event.table(), PHONES)));
    }

    private static String change(Event event) {
        return switch (event) {
            case UserEvent.Created _, PhoneEvent.Created _, ResourceEvent.Created _ -> "created";
            case UserEvent.Deleted _, PhoneEvent.Deleted _, ResourceEvent.Deleted _ -> "deleted";
            default -> "updated";
        };
    }

    private static Optional<Told> told(ObjectNode body, Audience audience) {
        return Optional.of(new Told(body, audience));
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
