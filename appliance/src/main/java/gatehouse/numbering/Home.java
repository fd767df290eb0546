package gatehouse.numbering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the box stands, as far as its numbers go.
 *
 * @param code                  the calling code of the country; empty while nobody has said it
 * @param internationalPrefixes the longest first
 * @param nationalPrefix        empty for none
 */
public record Home(Optional<String> code, List<String> internationalPrefixes, String nationalPrefix) {
    private static final String COMMON = "00"; // ITU-T E.164: what most countries dial, and no national number begins with
    private static final String NORTH_AMERICAN = "011";

    /** Nobody has said where: whatever leads abroad from anywhere is taken to do so. */
    public static final Home UNKNOWN = new Home(Optional.empty(), List.of(NORTH_AMERICAN), "");

    public Home {
        var all = new ArrayList<>(internationalPrefixes);
        if (all.stream().noneMatch(COMMON::startsWith)) {
            all.add(COMMON);
        }
        all.sort(Comparator.comparingInt(String::length).reversed());
        internationalPrefixes = List.copyOf(all);
    }

    public static Home of(Country country) {
        return new Home(Optional.of(country.code()), country.internationalPrefixes(), country.nationalPrefix());
    }

    /** With prefixes of the company's own beside the country's; empty for those it has not set. */
    public Home with(String internationalPrefix, String ownNationalPrefix) {
        var prefixes = new ArrayList<>(internationalPrefixes);
        if (!internationalPrefix.isEmpty() && !prefixes.contains(internationalPrefix)) {
            prefixes.add(internationalPrefix);
        }
        return new Home(code, prefixes, ownNationalPrefix.isEmpty() ? nationalPrefix : ownNationalPrefix);
    }
}
