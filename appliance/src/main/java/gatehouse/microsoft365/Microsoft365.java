package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.certificates.SelfSigned;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.microsoft365.Microsoft365Store.Row;
import gatehouse.microsoft365.Registration.App;
import gatehouse.microsoft365.Registration.Identity;
import gatehouse.secrets.Sealer;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** The box's registrations with Microsoft: one of its own, and the company's, which wins. Thread-safe. */
public final class Microsoft365 {
    /** Whose registration. */
    enum Section { GLOBAL, TENANT }

    static final String OBJECT = "MICROSOFT_365_INTEGRATION";
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(730);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,127}"); // an id or a domain: both go into a path

    private final Microsoft365Store store;
    private final Sealer sealer;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random;
    private final String domain;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();

    public Microsoft365(Microsoft365Store store, Sealer sealer, Audit audit, Clock clock, SecureRandom random, String domain) {
        this.store = store;
        this.sealer = sealer;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
        this.domain = domain;
    }

    /** Runs {@code follower} after each change of a registration, on the thread that changes it. */
    void follow(Runnable follower) {
        followers.add(follower);
    }

    /** What one part of the company's settings says; a missing node while nobody has set it. */
    JsonNode part(String name) {
        return registration(Section.TENANT).document().path(name);
    }

    Registration registration(Section section) {
        var row = store.read(tx -> store.row(tx, section));
        return new Registration(row.document(), row.privateKey() == null ? Optional.empty() : Optional.of(new Identity(row.certificate(), key(row))));
    }

    private java.security.PrivateKey key(Row row) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(sealer.open(row.privateKey()))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By which the box asks now; empty until there is all that it takes. */
    Optional<App> app() {
        return registration(Section.TENANT).app().or(() -> registration(Section.GLOBAL).app());
    }

    public boolean ready() {
        return app().isPresent();
    }

    /** What is given replaces, whole parts too; an explicit null clears. */
    void update(Actor actor, Section section, ObjectNode body) {
        var problems = new Problems();
        for (var field : new String[] {"directory_id", "application_id"}) {
            var text = body.path(field).textValue();
            problems.addIf(text != null && !text.isEmpty() && !NAME.matcher(text).matches(), field, "format",
                    field + " must be as Microsoft Entra shows it, such as 3f2504e0-4f89-11d3-9a0c-0305e82c3301.");
        }
        var time = body.path("sync_time").textValue();
        problems.addIf(time != null && !time.isEmpty() && timeOfDay(time).isEmpty(), "sync_time", "format", "sync_time must be a time of day, such as 02:30.");
        problems.check();
        store.write(tx -> {
            var before = store.row(tx, section);
            var document = before.document().deepCopy();
            body.properties().forEach(field -> {
                if (field.getValue().isNull()) {
                    document.remove(field.getKey());
                } else if (field.getValue() instanceof ObjectNode part && document.path(field.getKey()) instanceof ObjectNode kept) {
                    kept.setAll(part);
                } else {
                    document.set(field.getKey(), field.getValue());
                }
            });
            store.save(tx, section, new Row(document, before.certificate(), before.privateKey()));
            audit.record(tx, actor, Action.UPDATE, OBJECT, section.name(), before.document().toString(), document.toString());
            tx.afterCommit(() -> followers.forEach(Runnable::run));
            return null;
        });
    }

    /** In hours and minutes, with or without seconds. */
    static Optional<LocalTime> timeOfDay(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A new key and its certificate, in place of those before. @return the certificate, for Microsoft Entra */
    byte[] makeCertificate(Actor actor, Section section) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048, random);
            var keys = generator.generateKeyPair();
            var now = clock.instant();
            var certificate = SelfSigned.make("Gatehouse " + domain, keys, new BigInteger(63, random).add(BigInteger.ONE), now, now.plus(CERTIFICATE_LIFE));
            var key = sealer.seal(Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
            store.write(tx -> {
                store.save(tx, section, new Row(store.row(tx, section).document(), certificate, key));
                audit.record(tx, actor, Action.CREATE, OBJECT, section.name(), null, "{\"certificate\":\"changed\"}");
                tx.afterCommit(() -> followers.forEach(Runnable::run));
                return null;
            });
            return certificate;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] certificate(Section section) {
        return Optional.ofNullable(store.read(tx -> store.row(tx, section)).certificate())
                .orElseThrow(() -> Problem.notFound("certificate; make one first").raise());
    }
}
