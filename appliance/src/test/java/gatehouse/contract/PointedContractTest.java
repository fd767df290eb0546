package gatehouse.contract;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.Box;
import gatehouse.testkit.Uploading;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people's, groups' and the company's settings point to: pictures and trunks. */
class PointedContractTest {
    private static Box box;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private String picture(String name, int width) throws IOException {
        var file = folder.resolve(name);
        ImageIO.write(new BufferedImage(width, 8, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
        return Uploading.file(box.admin(), file);
    }

    @Test
    void an_avatar_is_a_picture_that_stays_as_long_as_it_is_used() throws IOException {
        var id = box.user("9301");
        var self = box.stranger().signedIn("user9301", "password-9301");
        var face = picture("face.png", 8);
        self.post("/user", "{\"avatar_file_id\": \"" + face + "\"}").expect(200);
        var shown = self.get("/user").expect(200);
        assertEquals("face.png", shown.get("avatar_file_name").asText());
        assertTrue(shown.get("avatar_file_size").asInt() > 0);
        assertEquals(shown.get("avatar_file_url"), box.admin().get("/users?filter=extension_number%20eq%20'9301'").expect(200).at("/items/0/avatar_file_url"));
        var text = folder.resolve("face.txt");
        Files.writeString(text, "not a face");
        var refused = self.post("/user", "{\"avatar_file_id\": \"" + Uploading.file(box.admin(), text) + "\"}").expect(400);
        assertEquals("avatar_file_id image", refused.at("/errors/0/detail/field").asText() + " " + refused.at("/errors/0/detail/rule").asText());
        box.admin().post("/files/" + face + "/destroy").expect(409);
        self.post("/user", "{\"avatar_file_id\": null}").expect(200);
        assertTrue(self.get("/user").expect(200).get("avatar_file_url").isNull());
        box.admin().post("/files/" + face + "/destroy").expect(204);
        var other = picture("other.png", 9);
        self.post("/user", "{\"avatar_file_id\": \"" + other + "\"}").expect(200);
        box.admin().post("/users/" + id + "/destroy").expect(204);
        box.admin().post("/files/" + other + "/destroy").expect(204);
    }

    @Test
    void the_company_has_a_picture_too() throws IOException {
        var logo = picture("logo.png", 10);
        box.admin().post("/tenant", "{\"avatar_file_id\": \"" + logo + "\"}").expect(200);
        assertEquals("logo.png", box.admin().get("/tenant").expect(200).get("avatar_file_name").asText());
        box.admin().post("/files/" + logo + "/destroy").expect(409);
        box.admin().post("/tenant", "{\"avatar_file_id\": null}").expect(200);
        box.admin().post("/files/" + logo + "/destroy").expect(204);
        assertTrue(box.admin().get("/tenant").expect(200).get("avatar_file_name").isNull());
    }

    @Test
    void a_trunk_stays_while_the_company_or_a_group_shows_its_numbers_and_goes_from_people() {
        var before = box.admin().get("/tenant/status").expect(200).get("current_trunks").asInt();
        var trunk = box.admin().post("/providers", TrunksContractTest.trunk("Carrier")).expect(201).get("id").asText();
        assertEquals(before + 1, box.admin().get("/tenant/status").expect(200).get("current_trunks").asInt());
        var ids = "{\"outbound_caller_ids\": [{\"provider_id\": \"" + trunk + "\", \"caller_id\": \"%s\", \"description\": \"desk\"}]}";
        box.user("9302");
        var self = box.stranger().signedIn("user9302", "password-9302");
        var group = box.admin().post("/groups", "{\"name\": \"Callers\"}").expect(201).get("id").asText();
        box.admin().post("/groups/" + group + "/members/9302").expect(200);
        self.post("/user", ids.formatted("100")).expect(200);
        box.admin().post("/groups/" + group, ids.formatted("200")).expect(200);
        box.admin().post("/tenant", ids.formatted("300")).expect(200);
        assertEquals(List.of("100", "200", "300"), self.get("/user/outbound_caller_ids").expect(200).get("items").valueStream()
                .map(item -> item.get("caller_id").asText()).toList(), "the most personal first");
        var refused = box.admin().post("/providers/" + trunk + "/destroy").expect(409).at("/errors/0/message").asText();
        assertTrue(refused.contains("the group Callers") && refused.contains("company"), refused);
        box.admin().post("/groups/" + group, "{\"outbound_caller_ids\": []}").expect(200);
        box.admin().post("/tenant", "{\"outbound_caller_ids\": null}").expect(200);
        box.admin().post("/providers/" + trunk + "/destroy").expect(204);
        eventually(Duration.ofSeconds(5), () -> self.get("/user").expect(200).get("outbound_caller_ids").isEmpty());
    }

    @Test
    void an_entry_without_its_number_or_trunk_and_two_preferred_ones_are_refused() {
        var trunk = box.admin().post("/providers", TrunksContractTest.trunk("Second carrier")).expect(201).get("id").asText();
        var entry = "{\"provider_id\": \"" + trunk + "\", \"caller_id\": \"1\", \"preferred\": true}";
        var refused = box.admin().post("/user", "{\"outbound_caller_ids\": [" + entry + "," + entry + ",{}]}").expect(400).get("errors");
        assertEquals(List.of("outbound_caller_ids[2].caller_id", "outbound_caller_ids[2].provider_id", "outbound_caller_ids"),
                refused.valueStream().map(error -> error.at("/detail/field").asText()).toList());
    }
}
