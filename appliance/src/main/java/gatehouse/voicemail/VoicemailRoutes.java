package gatehouse.voicemail;

import gatehouse.api.Answer;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;

/** One's own voicemail and the server's settings over HTTP (contract areas voicemail, user). */
public final class VoicemailRoutes implements Routes {
    private final VoicemailServer server;
    private final MailRoutes own;

    public VoicemailRoutes(Voicemails voicemails, VoicemailServer server) {
        this.server = server;
        this.own = new MailRoutes(voicemails, request -> new Mailbox.Own(request.caller().userId()), "id");
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showVoicemailServer", _ -> Answer.ok(server.settings().json()));
        operations.bind("updateVoicemailServer", request -> {
            server.update(Actor.of(request), request.body());
            return Answer.done();
        });
        own.addTo(operations, "listVoicemails", "showVoicemail", "setVoicemailRead", "setVoicemailUnRead", "deleteVoicemail");
    }
}
