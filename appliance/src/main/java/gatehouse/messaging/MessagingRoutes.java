package gatehouse.messaging;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.messaging.Channel.Type;
import gatehouse.resources.Crud;
import gatehouse.resources.Resources;
import gatehouse.users.Users;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Channels and messages over HTTP (contract areas sms, whatsapp, external message; sending and the webhooks themselves are our own paths). */
public final class MessagingRoutes implements Routes {
    private static final Listing SMS = listing("sms_channels", "sender_id");
    private static final Listing WHATSAPP = listing("whatsapp_channels", "phone_number", "phone_number_id");
    private static final int LARGEST_CALL = 256 << 10;

    private final Channels channels;
    private final Messages messages;
    private final Users users;

    public MessagingRoutes(Channels channels, Messages messages, Users users) {
        this.channels = channels;
        this.messages = messages;
        this.users = users;
    }

    private static Listing listing(String table, String... texts) {
        var fields = new java.util.ArrayList<>(List.of(Field.text("id", "id"), Field.json("name", Kind.TEXT).asSearched(),
                Field.json("enabled", Kind.BOOLEAN), Field.json("provider_id", Kind.TEXT)));
        for (var text : texts) {
            fields.add(Field.json(text, Kind.TEXT).asSearched());
        }
        return Listing.of(table, "json_extract(document, '$.name') COLLATE NOCASE, id", fields.toArray(Field[]::new));
    }

    @Override
    public void addTo(Operations operations) {
        bind(operations, Type.SMS, SMS, "Sms");
        bind(operations, Type.WHATSAPP, WHATSAPP, "WhatsApp");
        operations.bind("listExternalMessages", request -> list(messages.page(MessageStore.LISTING.query(request))));
        operations.bind("retrieveExternalMessage", request -> Answer.ok(messages.byId(request.path("id")).orElseThrow(MessagingRoutes::missing).json()));
        operations.bind("listUserExternalMessages", request ->
                list(messages.pageOf(request.caller().userId(), MessageStore.LISTING.query(request))));
        operations.bind("retrieveUserExternalMessage", request -> Answer.ok(messages.byId(request.path("id"))
                .filter(message -> request.caller().userId().equals(message.userId())).orElseThrow(MessagingRoutes::missing).json()));
        operations.bind("sendUserExternalMessage", this::send);
        operations.bind("hearSms", request -> hear(request, Type.SMS));
        operations.bind("hearWhatsApp", request -> hear(request, Type.WHATSAPP));
        operations.bind("confirmWhatsApp", this::confirm);
    }

    private void bind(Operations operations, Type type, Listing listing, String name) {
        var resources = channels.of(type);
        new Crud(resources, listing).shown(channel -> channels.shown(channel, type, channels.faces())).create(operations, "create" + name)
                .show(operations, "get" + name).update(operations, "update" + name).delete(operations, "delete" + name);
        operations.bind("list" + name, request -> {
            var page = resources.page(Resources.COMPANY, listing, listing.query(request));
            var faces = channels.faces();
            return Answer.ok(Json.page(page.count(), page.items().stream().map(channel -> channels.shown(channel, type, faces)).toList()));
        });
    }

    private static Answer list(Page<Message> page) {
        return Answer.ok(Json.page(page.count(), page.items().stream().map(Message::json).toList()));
    }

    private static RuntimeException missing() {
        return Problem.notFound("message").raise();
    }

    private Answer send(ApiRequest request) {
        var user = users.byId(request.caller().userId()).orElseThrow(() -> Problem.notFound("user").raise());
        var body = request.body();
        return Answer.created(messages.send(user, body.get("config_id").textValue(), body.get("receiver").textValue(), body.get("content").textValue()));
    }

    private Answer hear(ApiRequest request, Type type) {
        var channel = called(request, type);
        var headers = new HashMap<String, String>();
        for (var name : List.of("x-twilio-signature", "x-hub-signature-256")) {
            request.header(name).ifPresent(value -> headers.put(name, value));
        }
        var path = "/api/webhooks/" + Channels.path(type, request.path("id"), request.path("key"));
        messages.hear(channel, new Gateway.Told(headers, body(request), List.of(channels.webhook(type, channel.id()), request.origin() + path)));
        return Answer.noContent();
    }

    private Channel called(ApiRequest request, Type type) {
        var channel = channels.called(request.path("id"), request.path("key"));
        if (channel.type() != type) {
            throw Problem.notFound("webhook").raise();
        }
        return channel;
    }

    private static byte[] body(ApiRequest request) {
        try (var in = request.upload()) {
            var bytes = in.readNBytes(LARGEST_CALL + 1);
            if (bytes.length > LARGEST_CALL) {
                throw Problem.of(Code.PAYLOAD_TOO_LARGE, "A call may have " + LARGEST_CALL + " bytes here.").raise();
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.invalid("", "body", "The body broke off.").raise();
        }
    }

    /** WhatsApp asks a new webhook to repeat a word. */
    private Answer confirm(ApiRequest request) {
        called(request, Type.WHATSAPP);
        return new Answer(0, Map.of(), new Answer.Bytes("text/plain; charset=utf-8", request.query("hub.challenge").orElse("")
                .getBytes(StandardCharsets.UTF_8)));
    }
}
