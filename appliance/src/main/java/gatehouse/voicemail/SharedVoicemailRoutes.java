package gatehouse.voicemail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.resources.Crud;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;

/** Shared voicemails and their messages over HTTP (contract area shared-voicemail). */
public final class SharedVoicemailRoutes implements Routes {
    private static final String MAY_CHANGE = "phone_system.full_access";
    private final SharedVoicemails shared;
    private final MailRoutes mails;

    public SharedVoicemailRoutes(SharedVoicemails shared, Voicemails voicemails) {
        this.shared = shared;
        this.mails = new MailRoutes(voicemails, request -> shared.of(request.path("id")), "mail_id");
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("createSharedVoicemail", request -> Answer.created(shared.create(Actor.of(request), request.filledBody())));
        operations.bind("listSharedVoicemails", this::list);
        operations.bind("retrieveSharedVoicemail", request -> Answer.ok(json(request, shared.resources().get(Resources.COMPANY, request.path("id")))));
        operations.bind("updateSharedVoicemail", this::update);
        new Crud(shared.resources(), SharedVoicemails.LISTING).delete(operations, "deleteSharedVoicemail");
        mails.addTo(operations, "listSharedVoicemailMails", "retrieveSharedVoicemailMail", "setSharedVoicemailMailRead", "setSharedVoicemailMailUnread",
                "deleteSharedVoicemailMail");
    }

    private Answer list(ApiRequest request) {
        var page = shared.resources().page(Resources.COMPANY, SharedVoicemails.LISTING, SharedVoicemails.LISTING.query(request));
        return Answer.ok(Json.page(page.count(), page.items().stream().map(mailbox -> json(request, mailbox)).toList()));
    }

    private Answer update(ApiRequest request) {
        shared.update(Actor.of(request), request.path("id"), request.body());
        return Answer.done();
    }

    /** Who may only look does not get the PIN, which lets in by telephone. */
    private ObjectNode json(ApiRequest request, Resource mailbox) {
        return mailbox.json().put("pin", request.caller().may(MAY_CHANGE) ? shared.pin(mailbox).orElse(null) : null);
    }
}
