package gatehouse.voicemail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.blobs.Files;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.listing.Field;
import gatehouse.listing.Listing;
import gatehouse.numbers.ExtensionNumbers.Owner;
import gatehouse.numbers.NumberKind;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.secrets.Pins;
import gatehouse.store.Store.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of shared voicemails. Thread-safe. */
public final class SharedVoicemails implements Kind.Rules {
    static final String TABLE = "shared_voicemails";
    static final String OBJECT = "SHARED_VOICEMAIL";
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s<>,]+@[^@\\s<>,]+");
    private static final int MOST_RECIPIENTS = 15;

    static final Listing LISTING = Listing.of(TABLE, "created_at, id", Field.text("id", "id"),
            Field.json("name", gatehouse.listing.Kind.TEXT).asSearched(), Field.json("extension_number", gatehouse.listing.Kind.TEXT).asSearched(),
            Field.json("prompt", gatehouse.listing.Kind.TEXT), Field.json("enable_pin", gatehouse.listing.Kind.BOOLEAN),
            Field.json("enable_email_notify", gatehouse.listing.Kind.BOOLEAN), Field.json("recipients", gatehouse.listing.Kind.TEXT).asSearched(),
            Field.json("play_datetime", gatehouse.listing.Kind.TEXT));

    private final Keeping keeping;
    private final Resources mailboxes;
    private final VoicemailStore mails;
    private final GreetingStore greetings;
    private final Files files;

    public SharedVoicemails(Keeping keeping, VoicemailStore mails, GreetingStore greetings, Files files) {
        this.keeping = keeping;
        this.mails = mails;
        this.greetings = greetings;
        this.files = files;
        this.mailboxes = keeping.of(Kind.of(TABLE, OBJECT, "shared voicemail", "name").required("name", "extension_number", "pin").unique("name")
                .secrets("pin").numbered(NumberKind.SHARED_VOICEMAIL).most(1_000).rules(this));
    }

    Resources resources() {
        return mailboxes;
    }

    /** For calls: the shared voicemail that has this number. */
    public Optional<SharedVoicemail> byNumber(String number) {
        return mailboxes.read(tx -> keeping.numbers().owner(tx, number).filter(owner -> owner.kind() == NumberKind.SHARED_VOICEMAIL).map(Owner::id)
                .flatMap(id -> mailboxes.find(tx, Resources.COMPANY, id))).map(SharedVoicemails::typed);
    }

    public Optional<SharedVoicemail> byId(String id) {
        return mailboxes.find(Resources.COMPANY, id).map(SharedVoicemails::typed);
    }

    /** Takes as long for a wrong PIN as for the right one. */
    public boolean pinIs(String id, String pin) {
        var right = mailboxes.find(Resources.COMPANY, id).flatMap(this::pin).orElse("");
        return !right.isEmpty() && MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), pin.getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> pin(Resource mailbox) {
        return mailboxes.secret(mailbox, "pin");
    }

    private static SharedVoicemail typed(Resource mailbox) {
        var fields = mailbox.document();
        return new SharedVoicemail(mailbox.id(), mailbox.text("name"), mailbox.text("extension_number"),
                Optional.of(mailbox.text("prompt")).filter(tag -> !tag.isEmpty()).map(Locale::forLanguageTag), fields.path("enable_pin").asBoolean(true),
                fields.path("enable_email_notify").asBoolean(), recipients(mailbox.text("recipients")), switch (mailbox.text("play_datetime")) {
                    case "12_HOUR_CLOCK" -> Optional.of(SharedVoicemail.Clock.TWELVE_HOURS);
                    case "24_HOUR_CLOCK" -> Optional.of(SharedVoicemail.Clock.TWENTY_FOUR_HOURS);
                    default -> Optional.empty();
                });
    }

    private static List<String> recipients(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(address -> !address.isEmpty()).toList();
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND */
    Mailbox of(String id) {
        return new Mailbox.Shared(mailboxes.get(Resources.COMPANY, id).id());
    }

    boolean exists(String id) {
        return mailboxes.find(Resources.COMPANY, id).isPresent();
    }

    String name(Tx tx, String id) {
        return mailboxes.get(tx, Resources.COMPANY, id).text("name");
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        problems.addIf(!draft.text("prompt").isEmpty() && !LANGUAGE.matcher(draft.text("prompt")).matches(), "prompt", "pattern",
                "prompt must be a language tag such as en-US (BCP 47).");
        var recipients = recipients(draft.text("recipients"));
        problems.addIf(recipients.size() > MOST_RECIPIENTS, "recipients", "most", "recipients may have " + MOST_RECIPIENTS + " addresses.");
        recipients.stream().filter(address -> !EMAIL.matcher(address).matches()).findFirst().ifPresent(address -> problems.add(
                Problem.invalid("recipients", "format", address + " is not an e-mail address; separate several by commas.")));
        mailboxes.secret(draft, "pin").filter(pin -> !pin.isEmpty()).ifPresent(pin -> problems.add(Pins.check("pin", pin)));
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        var mailbox = new Mailbox.Shared(gone.id());
        var deleted = mails.deleteAll(tx, mailbox);
        files.drop(tx, Stream.concat(deleted.stream().map(Voicemail::fileId), greetings.deleteAll(tx, mailbox).stream()).toList());
        tx.afterCommit(() -> deleted.forEach(mail -> keeping.events().publish(new VoicemailEvent.Deleted(mail))));
    }

    String create(Actor actor, ObjectNode fields) {
        return mailboxes.create(actor, Resources.COMPANY, withDefaults(fields)).id();
    }

    void update(Actor actor, String id, ObjectNode changes) {
        mailboxes.update(actor, Resources.COMPANY, id, withDefaults(changes));
    }

    /** A null clears, and these have a value when they are cleared. */
    private static ObjectNode withDefaults(ObjectNode fields) {
        var whole = fields.deepCopy();
        if (whole.path("enable_pin").isNull()) {
            whole.put("enable_pin", true);
        }
        if (whole.path("enable_email_notify").isNull()) {
            whole.put("enable_email_notify", false);
        }
        return whole;
    }
}
