package gatehouse.voicemail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes.Operations;
import gatehouse.audit.Actor;
import gatehouse.blobs.Files;
import gatehouse.voicemail.Voicemail.Status;
import java.util.function.Function;

/** What the messages of a mailbox have in common over HTTP, whoever it belongs to. */
final class MailRoutes {
    private final Voicemails voicemails;
    private final Function<ApiRequest, Mailbox> mailbox;
    private final String id;

    /** @param mailbox whose, for each request; throws NOT_FOUND when there is no such mailbox. @param id the path parameter that names a message */
    MailRoutes(Voicemails voicemails, Function<ApiRequest, Mailbox> mailbox, String id) {
        this.voicemails = voicemails;
        this.mailbox = mailbox;
        this.id = id;
    }

    void addTo(Operations operations, String list, String show, String setRead, String setUnread, String delete) {
        operations.bind(list, request -> {
            var mails = voicemails.page(mailbox.apply(request), VoicemailStore.LISTING.query(request));
            return Answer.ok(Json.page(mails.page().count(), mails.page().items().stream().map(mail -> json(mail, mails)).toList()));
        });
        operations.bind(show, request -> {
            var mails = voicemails.one(mailbox.apply(request), request.path(id));
            return Answer.ok(json(mails.page().items().getFirst(), mails));
        });
        operations.bind(setRead, request -> mark(request, Status.READ));
        operations.bind(setUnread, request -> mark(request, Status.UNREAD));
        operations.bind(delete, request -> {
            voicemails.delete(Actor.of(request), mailbox.apply(request), request.path(id));
            return Answer.noContent();
        });
    }

    private Answer mark(ApiRequest request, Status status) {
        voicemails.mark(mailbox.apply(request), request.path(id), status);
        return Answer.done();
    }

    private static ObjectNode json(Voicemail mail, Voicemails.Mails mails) {
        var body = Json.object().put("id", mail.id()).put("sender", mail.sender()).put("created_at", Json.time(mail.createdAt()))
                .put("duration", mail.duration().toSeconds()).put("status", mail.status().name());
        return Files.describe(body, "", mails.files().get(mail.fileId()));
    }
}
