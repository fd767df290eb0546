package gatehouse.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressesTest {
    private final OwnAddresses own = new OwnAddresses("box.test");

    @ParameterizedTest
    @ValueSource(strings = {"https://box.test", "https://BOX.test:8887/reset?x=1#y", "https://localhost:8887/", "http://127.0.0.1:5173/", "https://[::1]/"})
    void pages_of_the_box_are(String url) {
        assertTrue(own.has(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://box.test/", "https://evil.test/", "https://box.test.evil.test/", "https://box.test@evil.test/", "https://user@box.test/",
        "//box.test/", "/reset", "javascript:alert(1)", "https://evil.test\\@box.test/", "https://192.0.2.1/", "", "https:///x", "app://reset"})
    void others_are_not(String url) {
        assertFalse(own.has(url));
    }

    @ParameterizedTest
    @CsvSource({"https://b/, https://b/?t=v", "https://b/?a=1, https://b/?a=1&t=v", "https://b/#x, https://b/?t=v#x"})
    void a_parameter_goes_where_it_belongs(String url, String with) {
        assertEquals(with, OwnAddresses.with(url, "t", "v"));
    }
}
