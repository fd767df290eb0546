package gatehouse.phones;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Problem;
import gatehouse.templates.Choices;
import gatehouse.templates.Model;
import gatehouse.templates.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a phone may be (contract, areas user and auto-provisioning). */
final class PhoneRules {
    private static final Pattern MAC = Pattern.compile("[0-9a-f]{12}");
    private static final Pattern DOOR_CODE = Pattern.compile("[0-9]{4,8}");
    private static final List<String> NEVER_NULL = List.of("mac", "filename", "vendor", "model");
    private static final int MOST_CODECS = 20;

    private PhoneRules() {
    }

    /** Twelve lower-case hex digits, if {@code text} is a MAC in one of the ways people write them. */
    static Optional<String> mac(String text) {
        var bare = text.strip().replaceAll("[:.\\-]", "").toLowerCase(Locale.ROOT);
        return MAC.matcher(bare).matches() ? Optional.of(bare) : Optional.empty();
    }

    /** Every rule that the fields present in {@code body} break. @param filename,model those the phone will have */
    static List<Problem> problems(ObjectNode body, PhoneTemplates templates, String filename, String vendor, String model) {
        var problems = new ArrayList<Problem>();
        NEVER_NULL.stream().filter(field -> body.path(field).isNull())
                .forEach(field -> problems.add(Problem.invalid(field, "required", field + " may be changed, but not cleared.")));
        if (body.path("mac").isTextual() && mac(body.get("mac").textValue()).isEmpty()) {
            problems.add(Problem.invalid("mac", "pattern", "mac must be twelve hex digits, with or without colons."));
        }
        templates.named(filename).ifPresentOrElse(template -> template(body, template, vendor, model, problems),
                () -> problems.add(Problem.invalid("filename", "unknown", "There is no template " + filename + "; see GET /phone_models.")));
        codes(body, problems);
        return problems;
    }

    private static void template(ObjectNode body, Template template, String vendor, String model, List<Problem> problems) {
        if (!template.vendor().equalsIgnoreCase(vendor)) {
            problems.add(Problem.invalid("vendor", "unknown", template.filename() + " is for " + template.vendor() + " phones, not for " + vendor + "."));
        }
        if (template.model(model).isEmpty()) {
            problems.add(Problem.invalid("model", "unknown", template.filename() + " has no model " + model + "; see GET /phone_models."));
        }
        for (var group : Choices.values()) {
            if (group != Choices.CODECS && body.path(group.field()).isTextual()) {
                choice(template, group, body.get(group.field()).textValue(), problems);
            }
        }
        if (body.path("codecs").size() > MOST_CODECS) {
            problems.add(Problem.invalid("codecs", "maxItems", "codecs may list " + MOST_CODECS + "."));
        }
    }

    private static void choice(Template template, Choices group, String value, List<Problem> problems) {
        var options = template.choices(group);
        if (!options.isEmpty() && !value.isEmpty() && !options.contains(value)) {
            problems.add(new Problem(Problem.Code.VALIDATE_FAILED, group.field() + " of a " + template.vendor() + " phone must be one of "
                    + String.join(", ", options) + ".", Map.of("field", group.field(), "rule", "enum", "limit", String.join(", ", options))));
        }
    }

    private static void codes(ObjectNode body, List<Problem> problems) {
        for (var door : List.of("door_password1", "door_password2")) {
            var code = body.path(door).asText("");
            if (body.path(door).isTextual() && !code.isEmpty() && !DOOR_CODE.matcher(code).matches()) {
                problems.add(Problem.invalid(door, "pattern", door + " must have 4 to 8 digits."));
            }
        }
    }

    /** The template's own spelling of a model it has. */
    static Model model(PhoneTemplates templates, String filename, String model) {
        return templates.named(filename).flatMap(template -> template.model(model)).orElseThrow();
    }
}
