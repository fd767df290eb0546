package gatehouse.notifications;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;

/** Mail over HTTP (contract area notification). */
public final class NotificationRoutes implements Routes {
    private final Notifications notifications;
    private final EmailTemplates templates;

    public NotificationRoutes(Notifications notifications, EmailTemplates templates) {
        this.notifications = notifications;
        this.templates = templates;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showNotificationSettings", _ -> Answer.ok(notifications.settings().document().deepCopy()
                .put("enable_system_email_server", false))); // there is no server beside the one set here
        operations.bind("updateNotificationSettings", request -> {
            notifications.update(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("testEmail", request -> {
            var body = request.body();
            notifications.test(body.get("recipient").textValue(), body.get("subject").textValue(), body.get("content").textValue());
            return Answer.done();
        });
        operations.bind("listDefaultEmailTemplates", _ -> Answer.ok(Json.items(templates.allShipped())));
        operations.bind("getDefaultEmailTemplateDetails", request -> Answer.ok(templates.shipped(name(request)).json(name(request))));
        operations.bind("listCustomEmailTemplates", _ -> Answer.ok(Json.items(templates.allCustom())));
        operations.bind("getCustomEmailTemplateDetails", request -> Answer.ok(templates.custom(name(request))));
        operations.bind("createCustomEmailTemplate", request -> {
            templates.create(Actor.of(request), request.body());
            return Answer.created(request.body().get("name").textValue()); // its name is what it is found by
        });
        operations.bind("updateCustomEmailTemplate", request -> {
            templates.update(Actor.of(request), name(request), request.body());
            return Answer.done();
        });
    }

    private static EmailTemplate name(ApiRequest request) {
        return EmailTemplate.valueOf(request.path("name"));
    }
}
