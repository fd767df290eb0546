package gatehouse.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Problems;
import gatehouse.hours.Week;
import gatehouse.store.Store.Tx;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Locale.IsoCountryCode;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a schema cannot say of the company's settings. Each method looks at what a request gives, and leaves alone what it leaves out. */
final class CompanyRules {
    private static final Pattern QUOTA = Pattern.compile("(?i)\\d{1,12}\\s*[KMGT]?B?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(?::\\d{1,5})?(?:/\\S*)?");
    private static final Pattern DIALLED = Pattern.compile("[+*#]?\\d{0,15}");
    private static final Set<String> COUNTRIES = Stream.of(IsoCountryCode.PART1_ALPHA2, IsoCountryCode.PART1_ALPHA3)
            .flatMap(kind -> Locale.getISOCountries(kind).stream()).collect(Collectors.toUnmodifiableSet());

    private CompanyRules() {
    }

    /** @param body what is given; @param draft how the settings would stand, without secrets; @param secrets how those would stand */
    static void check(Tx tx, ObjectNode body, ObjectNode draft, ObjectNode secrets, String domain, References references, Problems problems) {
        var domainGiven = body.path("domain").asText(domain);
        problems.addIf(!domainGiven.equalsIgnoreCase(domain), "domain", "fixed", "The domain is " + domain
                + ", because phones and certificates are made for it; it is set where the box is configured.");
        problems.addIf(body.path("name").isTextual() && body.get("name").textValue().isBlank(), "name", "required", "name may not be blank.");
        if (body.path("website").isTextual()) {
            problems.addIf(!isWeb(body.get("website").textValue()), "website", "format", "website must be an address such as https://example.org.");
        }
        place(body, problems);
        if (body.path("extension_im_disk_quota").isTextual()) {
            problems.addIf(!QUOTA.matcher(body.get("extension_im_disk_quota").textValue()).matches(), "extension_im_disk_quota", "format",
                    "extension_im_disk_quota must be a size such as 500MB or 1GB.");
        }
        Week.check(body.path("office_hours"), "office_hours", problems);
        OutboundCallerIds.check(tx, body.path("outbound_caller_ids"), references, problems);
        e164(body.path("e164"), problems);
        for (var hook : List.of("cdr_event", "extension_event")) {
            if (body.path(hook).isObject()) {
                hook(hook, draft.path(hook), secrets.path(hook), problems);
            }
        }
        problems.addIf(draft.path("contact_match_type").asText().equals("MATCH_LENGTH") && draft.path("contact_match_length").asInt() < 1,
                "contact_match_length", "required", "contact_match_length must say how many digits have to match.");
        if (body.path("avatar_file_id").isTextual()) {
            problems.add(references.pictureFault(tx, "avatar_file_id", body.get("avatar_file_id").textValue()));
        }
        if (body.path("stir_shaken_cert").isTextual() || body.path("stir_shaken_key").isTextual()) {
            SigningKey.check(draft.path("stir_shaken_cert").textValue(), secrets.path("stir_shaken_key").textValue(), problems);
        }
    }

    private static void place(JsonNode body, Problems problems) {
        var zone = body.path("timezone").textValue();
        problems.addIf(zone != null && !isZone(zone), "timezone", "unknown", "timezone must be a name of the IANA database, such as Europe/Berlin.");
        var currency = body.path("currency").textValue();
        problems.addIf(currency != null && Currency.getAvailableCurrencies().stream().noneMatch(known -> known.getCurrencyCode().equals(currency)),
                "currency", "unknown", "currency must be an ISO 4217 code, such as EUR.");
        var region = body.path("region").textValue();
        problems.addIf(region != null && !COUNTRIES.contains(region), "region", "unknown", "region must be an ISO 3166-1 country code, such as DEU.");
    }

    private static boolean isZone(String zone) {
        try {
            ZoneId.of(zone);
            return true;
        } catch (DateTimeException unknown) {
            return false;
        }
    }

    /** An address with its scheme, or a host alone, which people write and which the contract's own pattern asks for. */
    static boolean isWeb(String text) {
        try {
            var uri = new URI(text);
            return uri.getScheme() == null || uri.getHost() == null ? HOST.matcher(text).matches()
                    : Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT)) && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void e164(JsonNode e164, Problems problems) {
        for (var part : List.of("international_code", "area_code", "national_code", "prefix")) {
            var text = e164.path(part).textValue();
            problems.addIf(text != null && !DIALLED.matcher(text).matches(), "e164." + part, "pattern", "e164." + part + " must be digits as they are dialled.");
        }
        var country = e164.path("country").textValue();
        problems.addIf(country != null && !country.isEmpty() && !COUNTRIES.contains(country) && !DIALLED.matcher(country).matches(), "e164.country",
                "unknown", "e164.country must be an ISO 3166-1 country code, such as DEU, or a country's dialling code.");
    }

    private static void hook(String name, JsonNode hook, JsonNode secrets, Problems problems) {
        var url = hook.path("url").textValue();
        problems.addIf(url != null && !isWeb(url), name + ".url", "format", name + ".url must be an address such as https://example.org/events.");
        if (!hook.path("enabled").asBoolean()) {
            return;
        }
        problems.addIf(url == null, name + ".url", "required", name + ".url is missing: events need somewhere to go.");
        switch (hook.path("auth").asText("DISABLE")) {
            case "BASIC", "DIGEST" -> {
                problems.addIf(!hook.path("username").isTextual(), name + ".username", "required", name + ".username is missing.");
                problems.addIf(!secrets.path("password").isTextual(), name + ".password", "required", name + ".password is missing.");
            }
            case "BEARER" -> problems.addIf(!secrets.path("token").isTextual(), name + ".token", "required", name + ".token is missing.");
            default -> { }
        }
    }
}
