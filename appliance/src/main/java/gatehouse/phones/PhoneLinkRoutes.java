package gatehouse.phones;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;
import gatehouse.qr.QrCode;
import gatehouse.templates.Model;

/** What somebody scans or taps to set up a softphone: the address of its file, which is as good as its password. */
public final class PhoneLinkRoutes implements Routes {
    private final Phones phones;
    private final PhoneRoutes all;

    public PhoneLinkRoutes(Phones phones, PhoneRoutes all) {
        this.phones = phones;
        this.all = all;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showPhoneLink", request -> link(phones.byMac(request.path("mac")).orElseThrow(() -> Problem.notFound("phone").raise()), request));
        operations.bind("showCurrentUserPhoneLink", request -> link(phones.find(request.caller().userId(), request.path("id")), request));
    }

    private Answer link(Phone phone, ApiRequest request) {
        var url = all.url(phone, request);
        var app = phones.template(phone).model(phone.model()).map(Model::app).orElse("");
        return Answer.ok(Json.object().put("mac", phone.mac()).put("model", phone.model()).put("url", url).put("app_link", app.isEmpty() ? null : app + url)
                .put("qr", QrCode.of(url).svg("Address of the file of " + phone.model())));
    }
}
