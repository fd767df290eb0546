package gatehouse.phonebooks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses within one phone's directory. @param address of the format's file, without a query */
record Links(String address) {
    String to(Book book) {
        return address + "?book=" + book.word;
    }

    String to(Look look) {
        return address + "?book=" + look.book().word + (look.search().isEmpty() ? "" : "&search=" + URLEncoder.encode(look.search(), StandardCharsets.UTF_8))
                + "&page=" + look.page();
    }

    /** The page on which somebody types. */
    String input() {
        return address + "?input=1";
    }

    /** Where what somebody types belongs at its end. */
    String search() {
        return address + "?search=";
    }
}
