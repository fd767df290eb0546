package gatehouse.phones;

import gatehouse.api.ApiRequest;
import gatehouse.listing.MemoryListing;
import gatehouse.listing.Value;
import gatehouse.templates.Template;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the lists of this package can be filtered and sorted by. They are given whole unless {@code top} says otherwise (contract). */
final class PhoneLists {
    /** A model, and the template that has it. */
    record TemplateModel(Template template, String model) {
        String displayName() {
            return template.vendor() + " " + model;
        }
    }

    private static final MemoryListing<Phone> OF_USER = MemoryListing.of(Value.text("id", Phone::id), Value.searchedText("mac", Phone::mac),
            Value.searchedText("filename", Phone::template), Value.searchedText("vendor", Phone::vendor), Value.searchedText("model", Phone::model));
    private static final MemoryListing<TemplateModel> MODELS = MemoryListing.of(Value.searchedText("filename", one -> one.template().filename()),
            Value.searchedText("model", TemplateModel::model), Value.searchedText("display_name", TemplateModel::displayName));

    private final Users users;
    private final Sightings sightings;
    private final PhoneTemplates templates;
    private final MemoryListing<Phone> every;
    private final MemoryListing<Template> everyTemplate;

    PhoneLists(Users users, Sightings sightings, PhoneTemplates templates) {
        this.users = users;
        this.sightings = sightings;
        this.templates = templates;
        every = MemoryListing.of(Value.searchedText("extension_number", phone -> number(phone).orElse(null)),
                Value.searchedText("vendor", Phone::vendor), Value.searchedText("model", Phone::model),
                Value.text("fwver", phone -> firmware(phone).orElse(null)),
                Value.searchedText("name", phone -> name(phone).orElse(null)), Value.text("ip", phone -> ip(phone).orElse(null)),
                Value.searchedText("mac", Phone::mac));
        everyTemplate = MemoryListing.of(Value.searchedText("filename", Template::filename),
                Value.bool("is_custom", template -> templates.isOwn(template.filename())));
    }

    Optional<String> number(Phone phone) {
        return users.byId(phone.userId()).flatMap(User::extensionNumber);
    }

    Optional<String> name(Phone phone) {
        return users.byId(phone.userId()).map(User::displayName);
    }

    Optional<String> firmware(Phone phone) {
        return sightings.latest(phone).map(Seen::userAgent).map(Fetch::firmware).filter(version -> !version.isEmpty());
    }

    Optional<String> ip(Phone phone) {
        return sightings.latest(phone).map(Seen::ip);
    }

    List<Phone> every(ApiRequest request, List<Phone> all) {
        return asked(every, request, all);
    }

    static List<Phone> ofUser(ApiRequest request, List<Phone> all) {
        return asked(OF_USER, request, all);
    }

    List<TemplateModel> models(ApiRequest request) {
        return asked(MODELS, request, templates.all().stream().flatMap(template -> template.models().stream()
                .map(model -> new TemplateModel(template, model.name()))).toList());
    }

    List<Template> templates(ApiRequest request) {
        return asked(everyTemplate, request, templates.all());
    }

    private static <T> List<T> asked(MemoryListing<T> listing, ApiRequest request, Collection<T> all) {
        var query = listing.query(request);
        return listing.page(request.query("top").isPresent() ? query : query.atMost(Integer.MAX_VALUE), all).items();
    }
}
