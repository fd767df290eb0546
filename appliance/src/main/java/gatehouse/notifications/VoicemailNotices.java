package gatehouse.notifications;

import gatehouse.mail.Mail.Attachment;
import gatehouse.users.User;
import gatehouse.users.Users;
import gatehouse.voicemail.Mailbox;
import gatehouse.voicemail.SharedVoicemail;
import gatehouse.voicemail.Voicemail;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Mails who wants it that somebody left a message, with the message. */
public final class VoicemailNotices {
    private static final System.Logger LOG = System.getLogger(VoicemailNotices.class.getName());
    private static final long LARGEST_SOUND = 5L << 20; // five minutes; many mail servers take ten megabytes and base64 adds a third

    private final Letters letters;
    private final Users users;
    private final Function<String, Optional<SharedVoicemail>> shared;
    private final Function<Voicemail, Path> sound;

    /** @param shared by id; @param sound where a message is */
    public VoicemailNotices(Letters letters, Users users, Function<String, Optional<SharedVoicemail>> shared, Function<Voicemail, Path> sound) {
        this.letters = letters;
        this.users = users;
        this.shared = shared;
        this.sound = sound;
    }

    public void arrived(Voicemail mail) {
        switch (mail.mailbox()) {
            case Mailbox.Own(var id) -> users.byId(id).filter(User::enabled).filter(user -> user.settings().path("enable_voicemail_notify").asBoolean())
                    .ifPresent(user -> letters.voicemail(user.email(), user.displayName(), said(mail, user.displayName())));
            case Mailbox.Shared(var id) -> shared.apply(id).filter(SharedVoicemail::emailNotify).ifPresent(box ->
                    box.recipients().forEach(address -> letters.voicemail(address, address, said(mail, box.name()))));
        }
    }

    private Letters.Voicemail said(Voicemail mail, String mailbox) {
        var caller = mail.senderName().isBlank() ? mail.sender() : mail.senderName() + (mail.sender().isBlank() ? "" : " (" + mail.sender() + ")");
        return new Letters.Voicemail(mailbox, caller.isBlank() ? "an unknown caller" : caller, mail.createdAt(), mail.duration(), file(mail));
    }

    private Optional<Attachment> file(Voicemail mail) {
        try {
            return letters.ready() && mail.fileSize() <= LARGEST_SOUND
                    ? Optional.of(new Attachment(mail.fileName(), "audio/wav", Files.readAllBytes(sound.apply(mail)))) : Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A message is mailed without its sound, which cannot be read", e);
            return Optional.empty();
        }
    }
}
