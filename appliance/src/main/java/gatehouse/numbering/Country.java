package gatehouse.numbering;

import java.util.List;

/**
 * A country, or a service without one, that has a code of E.164.
 *
 * @param codes                 what a number of it begins with after the {@code +}; more digits than ITU's where a code is shared, as in 1242
 * @param alpha2                ISO 3166-1; empty for services such as satellites
 * @param alpha3                ISO 3166-1; empty for services
 * @param internationalPrefixes what its people dial for a call abroad: {@code 00}, {@code 011}
 * @param nationalPrefix        what they dial before an area code; empty for nothing
 */
public record Country(List<String> codes, String alpha2, String alpha3, String name, List<String> internationalPrefixes, String nationalPrefix) {
    public Country {
        codes = List.copyOf(codes);
        internationalPrefixes = List.copyOf(internationalPrefixes);
    }

    public String code() {
        return codes.getFirst();
    }
}
