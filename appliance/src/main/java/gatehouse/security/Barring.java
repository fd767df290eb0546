package gatehouse.security;

import gatehouse.emergency.EmergencyNumbers;
import gatehouse.numbering.Countries;
import gatehouse.numbering.Country;
import gatehouse.numbering.Dialled;
import gatehouse.numbering.Home;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What may be called outside, as it stands at one moment: toll fraud costs a small firm more than its telephone does, so nothing abroad is
 * open until somebody opens it. Pure; ask it about the number as it was dialled and again as it leaves on a trunk. Immutable.
 *
 * @param allowed    calling codes that may be called; the home country may always be
 * @param disallowed beginnings of numbers that may not, as they were set
 * @param emergency  as they were set
 */
public record Barring(Countries countries, Home home, Set<String> allowed, List<String> disallowed, List<String> emergency) {
    public static final String DOMESTIC = "policies.domestic_calls";
    public static final String INTERNATIONAL = "policies.international_calls";

    public Barring {
        allowed = Set.copyOf(allowed);
        disallowed = List.copyOf(disallowed);
        emergency = List.copyOf(emergency);
    }

    /** @param permissions of the caller's role */
    public Verdict verdict(Set<String> permissions, String number) {
        if (isEmergency(number)) {
            return new Verdict.Emergency();
        }
        var dialled = Dialled.of(number, home, countries);
        var barred = disallowed.stream().filter(code -> begins(dialled, code)).findFirst();
        if (barred.isPresent()) {
            return new Verdict.CodeDisallowed(barred.get());
        }
        return switch (dialled.reach()) {
            case Dialled.Nowhere() -> new Verdict.NotANumber();
            case Dialled.Domestic _ -> needs(permissions, DOMESTIC).orElseGet(Verdict.Allowed::new);
            case Dialled.Abroad(var e164, var code) -> needs(permissions, INTERNATIONAL).orElseGet(() ->
                    code.filter(allowed::contains).isPresent() ? new Verdict.Allowed() : new Verdict.CountryNotAllowed(name(e164, code)));
        };
    }

    public boolean isEmergency(String number) {
        return EmergencyNumbers.among(emergency, number);
    }

    private static Optional<Verdict> needs(Set<String> permissions, String permission) {
        return permissions.contains(permission) ? Optional.empty() : Optional.of(new Verdict.NeedsPermission(permission));
    }

    private String name(String e164, Optional<String> code) {
        Function<String, String> named = found -> countries.byCode(found).map(Country::name).orElse(found);
        return code.map(named).orElse("+" + e164);
    }

    /** However the number was dialled and the code was written: 0900, +49900 and 0049900 are one. */
    private boolean begins(Dialled dialled, String code) {
        var wanted = Dialled.plain(code);
        if (abroad(wanted).isEmpty()) {
            return dialled.reach() instanceof Dialled.Abroad; // "00" alone means every country but this one
        }
        return dialled.number().startsWith(wanted)
                || dialled.e164().filter(e164 -> e164.startsWith(abroad(wanted)) || e164.startsWith(national(wanted))).isPresent();
    }

    /** The digits after a + or a prefix for calls abroad; else all of them. */
    private String abroad(String code) {
        return code.startsWith("+") ? code.substring(1)
                : home.internationalPrefixes().stream().filter(code::startsWith).findFirst().map(prefix -> code.substring(prefix.length()))
                        .orElse(code);
    }

    /** With the home country's code in the place of the national prefix; as it is where there is none. */
    private String national(String code) {
        var prefix = home.nationalPrefix();
        return !prefix.isEmpty() && code.startsWith(prefix) ? home.code().map(own -> own + code.substring(prefix.length())).orElse(code) : code;
    }
}
