package gatehouse.numbering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DialledTest {
    private static final Countries COUNTRIES = Countries.shipped();
    private static final Home GERMANY = home("DE");
    private static final Home USA = home("US");

    private static Home home(String country) {
        return Home.of(COUNTRIES.named(country).orElseThrow());
    }

    /** Each line: what is dialled, and where it leads: a calling code, {@code home}, or {@code -} for nowhere. */
    private static void check(Home home, String lines) {
        lines.strip().lines().forEach(line -> {
            var dialled = line.substring(0, line.indexOf('>')).strip();
            var wanted = line.substring(line.indexOf('>') + 1).strip();
            var leads = switch (Dialled.of(dialled, home, COUNTRIES).reach()) {
                case Dialled.Abroad(_, var code) -> code.orElse("unknown");
                case Dialled.Domestic _ -> "home";
                case Dialled.Nowhere() -> "-";
            };
            assertEquals(wanted, leads, dialled);
        });
    }

    @Test
    void from_germany() {
        check(GERMANY, """
                +44 20 1234567     > 44
                0044201234567      > 44
                +49 30 1234567     > home
                004930 1234567     > home
                030/1234567        > home
                (030) 123-4567     > home
                1234567            > home
                110                > home
                +1 876 555 1234    > 1876
                +1 212 555 1234    > 1
                +7 701 1234567     > 77
                +870 773 123456    > 870
                +999 123456        > unknown
                447700900123       > 44
                4930123456789      > home
                00                 > unknown
                sip:bob@b.example  > -
                                   > -
                anonymous          > -
                """);
    }

    @Test
    void from_new_york() {
        check(USA, """
                2125551234         > home
                12125551234        > home
                +12125551234       > home
                4165551234         > home
                8765551234         > 1876
                18765551234        > 1876
                +18095551234       > 1809
                8765551            > home
                911                > home
                011442012345678    > 44
                0044 20 1234567    > 44
                *82                > home
                """);
    }

    @Test
    void from_countries_with_customs_of_their_own() {
        check(home("RU"), """
                8 10 44 20 1234567 > 44
                8 495 1234567      > home
                8 701 1234567      > 77
                """);
        check(home("AU"), """
                0011 44 20 1234567 > 44
                02 12345678        > home
                """);
        check(home("CN"), """
                13812345678        > home
                00 1 212 555 1234  > 1
                """);
        check(home("IT"), """
                06 69812345        > home
                3331234567         > home
                """);
        check(home("GB"), """
                01534 123456       > home
                07700 900123       > home
                """);
    }

    @Test
    void while_nobody_said_where_the_box_stands_every_prefix_counts() {
        check(Home.UNKNOWN, """
                +4930123456        > 49
                004930123456       > 49
                0114930123456      > 49
                030123456          > home
                """);
    }

    @Test
    void prefixes_of_the_companys_own_stand_beside_the_countrys() {
        check(GERMANY.with("01019", ""), """
                01019 44 20 123456 > 44
                0044 20 123456     > 44
                """);
        assertEquals("9", GERMANY.with("", "9").nationalPrefix());
    }

    @Test
    void a_number_is_known_in_every_way_it_is_written() {
        assertEquals(Set.of("030123456", "+4930123456", "4930123456", "004930123456"), Dialled.of("030 123456", GERMANY, COUNTRIES).forms(GERMANY));
        assertTrue(Dialled.of("+4930123456", GERMANY, COUNTRIES).forms(GERMANY).contains("030123456"));
        assertEquals(Set.of("101"), Dialled.of("101", GERMANY, COUNTRIES).forms(GERMANY));
        assertEquals(Optional.empty(), Dialled.of("123456789", GERMANY, COUNTRIES).e164(), "local to an area that nobody told");
    }

    @Test
    void the_table_is_whole() {
        assertTrue(COUNTRIES.all().size() > 240);
        for (var country : COUNTRIES.all()) {
            assertTrue(country.codes().stream().allMatch(code -> code.matches("[1-9][0-9]{0,3}")), country.name());
            assertTrue(country.alpha2().isEmpty() || country.alpha2().matches("[A-Z]{2}") && country.alpha3().matches("[A-Z]{3}"), country.name());
            assertTrue(country.internationalPrefixes().stream().allMatch(prefix -> prefix.matches("[0-9]{1,7}")), country.name());
        }
        for (var known : List.of("1 US", "7 RU", "44 GB", "39 IT", "61 AU", "590 GP", "1787 PR", "1939 PR", "383 XK", "972 IL", "886 TW", "852 HK")) {
            assertEquals(known.split(" ")[1], COUNTRIES.byCode(known.split(" ")[0]).orElseThrow().alpha2());
        }
        assertEquals(List.of("Germany", "Germany", "Germany", "Germany"), List.of("49", "+49", "de", "DEU").stream()
                .map(name -> COUNTRIES.named(name).orElseThrow().name()).toList());
        assertTrue(COUNTRIES.named("4930").isEmpty() && COUNTRIES.named("").isEmpty() && COUNTRIES.named("Atlantis").isEmpty());
    }
}
