package gatehouse.phonebooks;

import gatehouse.contacts.Listed;
import gatehouse.phonebooks.Format.Browsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Formats of phones that show a menu, a search and a page after the other. The elements are those of each maker's XML browser. */
final class Browsing {
    private static final String XML = "text/xml; charset=utf-8";

    private Browsing() {
    }

    /** Of a name with several numbers, one line each: most phones dial what a line holds. */
    private record Line(String name, String number) {
        /** @param most of one name: an answer of these phones has a limit in lines */
        static List<Line> of(Page page, int most) {
            var lines = new ArrayList<Line>();
            for (var entry : page.reachable()) {
                for (var number : entry.numbers().stream().limit(most).toList()) {
                    lines.add(new Line(entry.numbers().size() == 1 ? entry.name() : entry.name() + " (" + place(number.place()) + ")", number.text()));
                }
            }
            return lines;
        }
    }

    static String place(Listed.Place place) {
        return switch (place) {
            case WORK -> "work";
            case MOBILE -> "mobile";
            case HOME -> "home";
            case OTHER -> "other";
        };
    }

    private static String title(Page page) {
        var look = page.look();
        return look.search().isEmpty() ? look.book().title : "“" + look.search() + "”";
    }

    /** Yealink remote phone book: the phone pages within an answer itself; # and * turn to the next and the previous answer. */
    static Browsed yealink() {
        return new Browsed(XML, 100, links -> {
            var xml = new Xml().open("YealinkIPPhoneMenu").put("Title", "Phone book");
            for (var book : Book.values()) {
                xml.open("MenuItem").put("Name", book.title).put("URL", links.to(book)).close("MenuItem");
            }
            return xml.close("YealinkIPPhoneMenu").toString();
        }, Optional.empty(), (page, links) -> {
            var xml = new Xml().open("YealinkIPPhoneDirectory").put("Title", title(page));
            for (var entry : page.reachable()) {
                xml.open("DirectoryEntry").put("Name", entry.name());
                entry.numbers().forEach(number -> xml.put("Telephone", number.text()));
                xml.close("DirectoryEntry");
            }
            key(xml, page.hasNext(), "#", () -> links.to(page.look().at(page.look().page() + 1)));
            key(xml, page.hasPrevious(), "*", () -> links.to(page.look().at(page.look().page() - 1)));
            return xml.close("YealinkIPPhoneDirectory").toString();
        });
    }

    private static void key(Xml xml, boolean there, String key, Supplier<String> link) {
        if (there) {
            xml.open("SoftKeyItem").put("Name", key).put("URL", link.get()).close("SoftKeyItem");
        }
    }

    /** Snom minibrowser. */
    static Browsed snom() {
        return new Browsed(XML, 50, links -> {
            var xml = new Xml().open("SnomIPPhoneMenu").put("Title", "Phone book");
            for (var book : Book.values()) {
                xml.open("MenuItem").put("Name", book.title).put("URL", links.to(book)).close("MenuItem");
            }
            return xml.open("MenuItem").put("Name", "Search").put("URL", links.input()).close("MenuItem").close("SnomIPPhoneMenu").toString();
        }, Optional.of(links -> new Xml().open("SnomIPPhoneInput").put("Title", "Search").put("Prompt", "Name or number").put("URL", links.search() + "__X__")
                .open("InputItem").put("DisplayName", "Name or number").put("InputToken", "__X__").put("DefaultValue", "").put("InputFlags", "a")
                .close("InputItem").close("SnomIPPhoneInput").toString()), (page, links) -> {
            var xml = new Xml().open("SnomIPPhoneDirectory").put("Title", title(page)).put("Prompt", "Dial");
            for (var line : Line.of(page, 10)) {
                xml.open("DirectoryEntry").put("Name", line.name).put("Telephone", line.number).close("DirectoryEntry");
            }
            snomKey(xml, page.hasPrevious(), "F2", "Back", () -> links.to(page.look().at(page.look().page() - 1)));
            snomKey(xml, page.hasNext(), "F4", "More", () -> links.to(page.look().at(page.look().page() + 1)));
            return xml.close("SnomIPPhoneDirectory").toString();
        });
    }

    private static void snomKey(Xml xml, boolean there, String key, String label, Supplier<String> link) {
        if (there) {
            xml.open("SoftKeyItem").put("Name", key).put("Label", label).put("URL", link.get()).close("SoftKeyItem");
        }
    }

    /** Cisco XML services: a directory of these phones holds 32 entries. */
    static Browsed cisco() {
        return new Browsed(XML, 10, links -> {
            var xml = new Xml().open("CiscoIPPhoneMenu").put("Title", "Phone book").put("Prompt", "Choose");
            for (var book : Book.values()) {
                xml.open("MenuItem").put("Name", book.title).put("URL", links.to(book)).close("MenuItem");
            }
            return xml.open("MenuItem").put("Name", "Search").put("URL", links.input()).close("MenuItem").close("CiscoIPPhoneMenu").toString();
        }, Optional.of(links -> new Xml().open("CiscoIPPhoneInput").put("Title", "Search").put("Prompt", "Name or number").put("URL", links.address())
                .open("InputItem").put("DisplayName", "Name or number").put("QueryStringParam", "search").put("DefaultValue", "").put("InputFlags", "A")
                .close("InputItem").close("CiscoIPPhoneInput").toString()), (page, links) -> {
            var xml = new Xml().open("CiscoIPPhoneDirectory").put("Title", title(page)).put("Prompt", page.total() + " found");
            Line.of(page, 3).forEach(line -> xml.open("DirectoryEntry").put("Name", line.name).put("Telephone", line.number)
                    .close("DirectoryEntry"));
            ciscoKey(xml, "Dial", "SoftKey:Dial", 1);
            if (page.hasPrevious()) {
                ciscoKey(xml, "Back", links.to(page.look().at(page.look().page() - 1)), 2);
            }
            ciscoKey(xml, "Exit", "SoftKey:Exit", 3);
            if (page.hasNext()) {
                ciscoKey(xml, "More", links.to(page.look().at(page.look().page() + 1)), 4);
            }
            return xml.close("CiscoIPPhoneDirectory").toString();
        });
    }

    private static void ciscoKey(Xml xml, String name, String url, int position) {
        xml.open("SoftKeyItem").put("Name", name).put("URL", url).put("Position", Integer.toString(position)).close("SoftKeyItem");
    }

    /** Mitel (Aastra) XML: a menu of these phones holds 30 lines, two of which lead on and back. */
    static Browsed mitel() {
        return new Browsed(XML, 7, links -> {
            var xml = new Xml().open("AastraIPPhoneTextMenu", "destroyOnExit", "yes").put("Title", "Phone book");
            for (var book : Book.values()) {
                mitelLine(xml, book.title, links.to(book));
            }
            mitelLine(xml, "Search", links.input());
            return xml.close("AastraIPPhoneTextMenu").toString();
        }, Optional.of(links -> new Xml().open("AastraIPPhoneInputScreen", "type", "string", "destroyOnExit", "yes").put("Title", "Search")
                .put("Prompt", "Name or number").put("URL", links.address()).put("Parameter", "search").put("Default", "")
                .close("AastraIPPhoneInputScreen").toString()), (page, links) -> {
            var xml = new Xml().open("AastraIPPhoneTextMenu", "style", "none", "destroyOnExit", "yes").put("Title", title(page));
            if (page.hasPrevious()) {
                mitelLine(xml, "Back", links.to(page.look().at(page.look().page() - 1)));
            }
            Line.of(page, 4).forEach(line -> mitelLine(xml, line.name, "Dial:" + line.number));
            if (page.entries().isEmpty()) {
                mitelLine(xml, "Nobody", "");
            }
            if (page.hasNext()) {
                mitelLine(xml, "More", links.to(page.look().at(page.look().page() + 1)));
            }
            return xml.close("AastraIPPhoneTextMenu").toString();
        });
    }

    private static void mitelLine(Xml xml, String prompt, String uri) {
        xml.open("MenuItem").put("Prompt", prompt).put("URI", uri).close("MenuItem");
    }

    /** Poly's browser reads XHTML; {@code tel:} dials. */
    static Browsed poly() {
        return new Browsed("application/xhtml+xml; charset=utf-8", 20, links -> {
            var xml = head("Phone book").open("ul");
            for (var book : Book.values()) {
                xml.open("li").put("a", book.title, "href", links.to(book)).close("li");
            }
            return xml.close("ul").open("form", "action", links.address(), "method", "get").open("p").put("input", "", "type", "text", "name", "search")
                    .put("input", "", "type", "submit", "value", "Search").close("p").close("form").close("body").close("html").toString();
        }, Optional.empty(), (page, links) -> {
            var xml = head(title(page)).open("ul");
            if (page.hasPrevious()) {
                xml.open("li").put("a", "Back", "href", links.to(page.look().at(page.look().page() - 1))).close("li");
            }
            for (var line : Line.of(page, 10)) {
                xml.open("li").put("a", line.name + " " + line.number, "href", "tel:" + line.number).close("li");
            }
            if (page.entries().isEmpty()) {
                xml.put("li", "Nobody");
            }
            if (page.hasNext()) {
                xml.open("li").put("a", "More", "href", links.to(page.look().at(page.look().page() + 1))).close("li");
            }
            return xml.close("ul").close("body").close("html").toString();
        });
    }

    private static Xml head(String title) {
        return new Xml().open("html", "xmlns", "http://www.w3.org/1999/xhtml").open("head").put("title", title).close("head").open("body").put("h1", title);
    }
}
