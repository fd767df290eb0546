package gatehouse.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.messaging.Channel.Type;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.trunks.Trunks;
import java.security.MessageDigest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways for messages that the company set up. Thread-safe. */
public final class Channels {
    private static final String CREDENTIALS = "credentials";
    private static final String TOKEN = "token";
    private static final String AUDITED = "PROVIDER"; // the audit log's words have none of their own for these

    private final Keeping keeping;
    private final Trunks trunks;
    private final String webhooks;
    private final Resources sms;
    private final Resources whatsApp;

    /** @param webAddress the box as providers reach it */
    public Channels(Keeping keeping, Trunks trunks, String webAddress) {
        this.keeping = keeping;
        this.trunks = trunks;
        this.webhooks = webAddress + "api/webhooks/";
        sms = keeping.of(Kind.of("sms_channels", AUDITED, "SMS channel", "name").required("name", "provider_id", CREDENTIALS).unique("name").most(500)
                .secrets(CREDENTIALS).rules(new Rules(CREDENTIALS)));
        whatsApp = keeping.of(Kind.of("whatsapp_channels", AUDITED, "WhatsApp channel", "name").required("name", "provider_id", "phone_number_id", TOKEN)
                .unique("name").most(500).secrets(TOKEN).rules(new Rules(TOKEN)));
        trunks.neededBy((tx, trunkId) -> Stream.of(sms, whatsApp).flatMap(kind -> kind.all(tx, Resources.COMPANY).stream()
                .filter(one -> one.text("provider_id").equals(trunkId)).map(one -> "the " + kind.kind().noun() + " " + one.text("name"))).toList());
    }

    private final class Rules implements Kind.Rules {
        private final String secret;

        Rules(String secret) {
            this.secret = secret;
        }

        @Override
        public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
            var trunk = draft.text("provider_id");
            problems.addIf(!trunk.isEmpty() && !trunks.exists(tx, trunk), "provider_id", "unknown", "There is no trunk with the id that provider_id names.");
            var given = resources(draft).secret(draft, secret);
            problems.addIf(given.isPresent() && Credentials.of(given.get()).isEmpty(), secret, "format",
                    secret + " must be a key, account:key, or a JSON object; a base_url in it must begin with https://.");
        }

        private Resources resources(Resource draft) {
            return secret.equals(TOKEN) ? whatsApp : sms;
        }
    }

    Resources of(Type type) {
        return type == Type.SMS ? sms : whatsApp;
    }

    Optional<Channel> byId(String id) {
        return sms.find(Resources.COMPANY, id).map(one -> Channel.sms(one, brand(one), access(sms, one, CREDENTIALS)))
                .or(() -> whatsApp.find(Resources.COMPANY, id).map(one -> Channel.whatsApp(one, brand(one), access(whatsApp, one, TOKEN))));
    }

    private static Credentials access(Resources of, Resource channel, String secret) {
        return of.secret(channel, secret).flatMap(Credentials::of).orElseThrow();
    }

    private String brand(Resource channel) {
        return Optional.ofNullable(faces().get(channel.text("provider_id"))).map(Trunks.Face::brand).orElse("");
    }

    Map<String, Trunks.Face> faces() {
        return trunks.faces();
    }

    /** A channel as an answer shows it. @param faces of all trunks, read once a list */
    ObjectNode shown(Resource channel, Type type, Map<String, Trunks.Face> faces) {
        var json = channel.json();
        Optional.ofNullable(faces.get(channel.text("provider_id"))).ifPresent(trunk -> json.put("provider_name", trunk.name())
                .put("provider_brand", trunk.brand().isEmpty() ? null : trunk.brand()).put("provider_hostname", trunk.hostname()));
        return json.put("webhook", webhook(type, channel.id()));
    }

    String webhook(Type type, String id) {
        return webhooks + path(type, id, key(id));
    }

    static String path(Type type, String id, String key) {
        return type.name().toLowerCase(java.util.Locale.ROOT) + "/" + id + "/" + key;
    }

    /** Nobody but this box can tell it, so who calls with it was told by an administrator. */
    private String key(String id) {
        return keeping.sealer().derive("webhook of " + id);
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND, whichever of the two is wrong */
    Channel called(String id, String key) {
        if (!MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), key(id).getBytes(StandardCharsets.UTF_8))) {
            throw Problem.notFound("webhook").raise();
        }
        return byId(id).orElseThrow(() -> Problem.notFound("webhook").raise());
    }

    List<Resource> all(Tx tx, Type type) {
        return of(type).all(tx, Resources.COMPANY);
    }
}
