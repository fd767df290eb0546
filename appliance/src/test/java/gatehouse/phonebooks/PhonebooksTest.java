package gatehouse.phonebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Directories as phones read them, over HTTP, each by the elements of its maker. */
class PhonebooksTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GOLDEN = Path.of("src/test/resources/gatehouse/phonebooks");
    private static Box box;
    private static String folder;
    private static String adaFolder;

    @BeforeAll
    static void an_office() throws Exception {
        box = Box.start();
        folder = folder(box.user("101"), "001565aa0001");
        adaFolder = folder(box.admin().post("/users", Box.aUser("102").put("display_name", "Ada Lovelace")).expect(201).get("id").asText(), "001565aa0002");
        company("{\"name\": \"Tim <script>\", \"company\": \"Müller & Söhne\", \"business\": \"+49 (0)30 123-4567\", \"mobile_phone\": \"0171 / 765\", "
                + "\"business_fax\": \"030999\"}");
        company("{\"name\": \"Garage \\\"Zum Hof\\\"\", \"business\": \"sip:hof@example.net\"}");
        company("{\"name\": \"No Number\"}");
        personal("101", "{\"name\": \"Grandma\", \"home_phone\": \"030 55\", \"other\": \"*97\"}");
        personal("102", "{\"name\": \"Secret friend of Ada\", \"mobile_phone\": \"0172\"}");
    }

    private static String folder(String user, String mac) {
        return box.admin().post("/users/" + user + "/phones", Box.aPhone(mac, "yealink.ph.xml", "T46S")).expect(201).get("url").asText().replaceAll("[^/]*$", "");
    }

    private static void company(String contact) {
        box.admin().post("/contacts", object(contact)).expect(201);
    }

    private static void personal(String number, String contact) {
        new ApiClient(box.httpsOrigin()).signedIn("user" + number, "password-" + number).post("/user/contacts", object(contact)).expect(201);
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String read(String address) throws Exception {
        var response = ApiClient.fetch(address.startsWith("http") ? address : folder + address, "");
        assertEquals(200, response.statusCode(), address);
        return response.body();
    }

    private static Document parsed(String xml) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    /** The texts of all elements of this name, in order. */
    private static List<String> texts(Document document, String element) {
        var nodes = document.getElementsByTagName(element);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> nodes.item(i).getTextContent()).toList();
    }

    private static List<String> attributes(Document document, String element, String name) {
        var nodes = document.getElementsByTagName(element);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> ((Element) nodes.item(i)).getAttribute(name)).toList();
    }

    private static void golden(String name, String text) throws Exception {
        var plain = text.replace(folder, "http://box.test/provision/FOLDER/");
        var file = GOLDEN.resolve(name);
        if ("update".equals(System.getenv("GOLDEN"))) {
            Files.writeString(file, plain);
        }
        assertEquals(Files.readString(file), plain, name);
    }

    private static final List<String> NAMES = List.of("Ada Lovelace", "Garage \"Zum Hof\"", "Grandma", "Tim <script>");
    private static final List<String> NUMBERS = List.of("102", "sip:hof@example.net", "03055", "*97", "+49301234567", "0171765");

    @Test
    void yealink_chooses_a_book_and_reads_it() throws Exception {
        var menu = read("phonebook/yealink.xml");
        golden("yealink-menu.xml", menu);
        var links = texts(parsed(menu), "URL");
        assertEquals(4, links.size());
        var all = read(links.getFirst());
        golden("yealink.xml", all);
        assertEquals("YealinkIPPhoneDirectory", parsed(all).getDocumentElement().getTagName());
        assertEquals(NAMES, texts(parsed(all), "Name"));
        assertEquals(NUMBERS, texts(parsed(all), "Telephone"));
        assertEquals(List.of("Ada Lovelace"), texts(parsed(read(links.get(1))), "Name"));
        assertEquals(List.of("Garage \"Zum Hof\"", "Tim <script>"), texts(parsed(read(links.get(2))), "Name"));
        assertEquals(List.of("Grandma"), texts(parsed(read(links.get(3))), "Name"));
    }

    @Test
    void a_search_finds_names_companies_and_numbers_and_an_empty_place_for_it_finds_all() throws Exception {
        assertEquals(List.of("Tim <script>"), names("m%C3%BCller"));
        assertEquals(List.of("Tim <script>"), names("M%C3%9CLLER"));
        assertEquals(List.of("Ada Lovelace"), names("LOVE"));
        assertEquals(List.of("Ada Lovelace"), names("102"));
        assertEquals(List.of("Tim <script>"), names("30123"));
        assertEquals(List.of(), names("100%25"));
        assertEquals(List.of(), names("_"));
        assertEquals(List.of(), names("%27%20OR%201=1%20--"));
        assertEquals("YealinkIPPhoneMenu", parsed(read("phonebook/yealink.xml?search=%23SEARCH")).getDocumentElement().getTagName());
    }

    private static List<String> names(String search) throws Exception {
        return texts(parsed(read("phonebook/yealink.xml?search=" + search)), "Name");
    }

    @Test
    void snom_browses_and_types_and_can_keep_a_copy() throws Exception {
        var menu = parsed(read("phonebook/snom.xml"));
        assertEquals("SnomIPPhoneMenu", menu.getDocumentElement().getTagName());
        var input = read(texts(menu, "URL").getLast());
        golden("snom-input.xml", input);
        var typed = texts(parsed(input), "URL").getFirst().replace("__X__", "grand");
        var found = read(typed);
        golden("snom-search.xml", found);
        assertEquals(List.of("Grandma (home)", "Grandma (other)"), texts(parsed(found), "Name"));
        var book = read("phonebook/tbook.xml");
        golden("snom-tbook.xml", book);
        assertEquals(NUMBERS, texts(parsed(book), "number"));
        assertEquals(List.of("0", "1", "2", "3", "4", "5"), attributes(parsed(book), "item", "index"));
    }

    @Test
    void cisco_has_a_menu_an_input_and_keys_to_turn_pages() throws Exception {
        var menu = read("phonebook/cisco.xml");
        golden("cisco-menu.xml", menu);
        var input = read(texts(parsed(menu), "URL").getLast());
        golden("cisco-input.xml", input);
        assertEquals(List.of("search"), texts(parsed(input), "QueryStringParam"));
        var found = read("phonebook/cisco.xml?search=tim");
        golden("cisco-search.xml", found);
        assertEquals(List.of("+49301234567", "0171765"), texts(parsed(found), "Telephone"));
    }

    @Test
    void mitel_reads_text_menus() throws Exception {
        golden("mitel-menu.xml", read("phonebook/mitel.xml"));
        golden("mitel-input.xml", read("phonebook/mitel.xml?input=1"));
        var all = read("phonebook/mitel.xml?book=all");
        golden("mitel.xml", all);
        assertEquals(NUMBERS.stream().map(number -> "Dial:" + number).toList(), texts(parsed(all), "URI"));
        assertEquals(List.of("Nobody"), texts(parsed(read("phonebook/mitel.xml?search=zzz")), "Prompt"));
    }

    @Test
    void poly_reads_pages_and_a_seed() throws Exception {
        golden("poly-menu.html", read("phonebook/poly.html"));
        var all = read("phonebook/poly.html?book=all");
        golden("poly.html", all);
        assertEquals(NUMBERS.stream().map(number -> "tel:" + number).toList(), attributes(parsed(all), "a", "href"));
        var seed = read("000000000000-directory.xml");
        golden("poly-directory.xml", seed);
        assertEquals(List.of("102", "sip:hof@example.net", "03055", "+49301234567"), texts(parsed(seed), "ct"));
        assertEquals("Ada", texts(parsed(seed), "fn").getFirst());
        assertEquals("Lovelace", texts(parsed(seed), "ln").getFirst());
    }

    @Test
    void grandstream_fanvil_and_htek_load_all_at_once() throws Exception {
        var grandstream = read("phonebook/phonebook.xml");
        golden("grandstream.xml", grandstream);
        assertEquals(NUMBERS, texts(parsed(grandstream), "phonenumber"));
        var fanvil = read("phonebook/fanvil.xml");
        golden("fanvil.xml", fanvil);
        assertEquals(NAMES, texts(parsed(fanvil), "Name"));
        assertEquals(List.of("", "", "", "0171765"), texts(parsed(fanvil), "Mobile"));
        var htek = read("phonebook/htek.xml?search=");
        golden("htek.xml", htek);
        assertEquals(NUMBERS, texts(parsed(htek), "Telephone"));
    }

    @Test
    void gigaset_asks_for_entries_from_one_on() throws Exception {
        var two = read("phonebook/gigaset.xml?command=get_list&type=pr&first=2&count=2");
        golden("gigaset.xml", two);
        var list = parsed(two).getDocumentElement();
        assertEquals(List.of("5", "2", "3"), List.of(list.getAttribute("total"), list.getAttribute("first"), list.getAttribute("last")));
        assertEquals(List.of("2", "3"), attributes(parsed(two), "entry", "id"));
        assertEquals(List.of("Grandma"), texts(parsed(read("phonebook/gigaset.xml?first=1&count=16&set_first=Grand*")), "fn"));
        assertEquals("0", parsed(read("phonebook/gigaset.xml?first=90&count=5")).getDocumentElement().getAttribute("first"));
    }

    @Test
    void pages_hold_everybody_once_and_end() throws Exception {
        try (var other = Box.start()) {
            var url = other.admin().post("/users/" + other.user("101") + "/phones", Box.aPhone("001565aa0009", "yealink.ph.xml", "T46S")).expect(201)
                    .get("url").asText().replaceAll("[^/]*$", "phonebook/cisco.xml?book=all");
            other.user("102");
            var wanted = new ArrayList<>(List.of("102"));
            for (int i = 10; i < 45; i++) {
                other.admin().post("/contacts", object("{\"name\": \"Contact " + i + "\", \"business\": \"030" + i + "\"}")).expect(201);
                wanted.add("030" + i);
            }
            var read = new ArrayList<String>();
            for (var next = url; !next.isEmpty(); ) {
                var page = parsed(read(next));
                read.addAll(texts(page, "Telephone"));
                var more = texts(page, "URL");
                assertTrue(read.size() <= wanted.size() && texts(page, "Telephone").size() <= 32);
                next = texts(page, "Position").contains("4") ? more.getLast() : "";
            }
            assertEquals(wanted, read);
            assertEquals(List.of(), texts(parsed(read(url + "&page=99999")), "Telephone"));
        }
    }

    @Test
    void each_sees_the_own_contacts_alone_and_strangers_nothing() throws Exception {
        assertFalse(read("phonebook/yealink.xml?book=all").contains("Secret friend"));
        var ada = read(adaFolder + "phonebook/yealink.xml?book=all");
        assertTrue(ada.contains("Secret friend of Ada") && !ada.contains("Grandma") && !ada.contains("<Name>Ada"), ada);
        for (var missing : List.of(folder + "phonebook/nothing.xml", folder.replaceAll("/[^/]+/$", "/" + "a".repeat(26) + "/") + "phonebook/yealink.xml",
                box.httpOrigin() + "/provision/start/phonebook/yealink.xml", folder + "001565aa0001-directory.xml")) {
            assertEquals(404, ApiClient.fetch(missing, "").statusCode(), missing);
        }
        assertEquals(404, ApiClient.fetch(folder + "phonebook/yealink.xml", "Yealink SIP-T46S 66.86.0.15 00:15:65:aa:00:99").statusCode());
    }

    @Test
    void what_is_unchanged_is_not_sent_again() throws Exception {
        var address = folder + "phonebook/phonebook.xml";
        var tag = ApiClient.fetch(address, "").headers().firstValue("ETag").orElseThrow();
        var again = HttpRequest.newBuilder(URI.create(address)).header("If-None-Match", tag).GET().build();
        assertEquals(304, ApiClient.http().send(again, BodyHandlers.discarding()).statusCode());
        company("{\"name\": \"Zoe\", \"business\": \"0309\"}");
        assertEquals(200, ApiClient.http().send(again, BodyHandlers.discarding()).statusCode());
        var zoe = box.admin().get("/contacts?search=Zoe").expect(200).at("/items/0/id").asText();
        box.admin().post("/contacts/" + zoe + "/destroy").expect(204);
    }
}
