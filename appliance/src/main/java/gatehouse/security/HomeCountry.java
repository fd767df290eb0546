package gatehouse.security;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.numbering.Countries;
import gatehouse.numbering.Country;
import gatehouse.numbering.Home;
import java.util.Optional;

/** Where the company says it is. */
public final class HomeCountry {
    private HomeCountry() {
    }

    /**
     * From {@code e164.country}, else {@code region}, with the prefixes of {@code e164} beside the country's own.
     *
     * @param settings the company's, by the contract's names
     */
    public static Home of(Countries countries, JsonNode settings) {
        var e164 = settings.path("e164");
        return named(countries, e164.path("country")).or(() -> named(countries, settings.path("region")))
                .map(country -> Home.of(country).with(e164.path("international_code").asText(""), e164.path("national_code").asText("")))
                .orElse(Home.UNKNOWN);
    }

    private static Optional<Country> named(Countries countries, JsonNode text) {
        return Optional.ofNullable(text.textValue()).filter(name -> !name.isBlank()).flatMap(countries::named);
    }
}
