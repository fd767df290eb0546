package gatehouse.contract;


import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is edited in Microsoft 365, in whatever order, with links forgotten, tokens revoked and a restart between: the box ends with the same. */
class Microsoft365SyncPropertyTest extends SynchronisedWithMicrosoft {
    /** {@code -Dseed=…} runs one seed again. */
    @Test
    void whatever_is_edited_there_the_box_ends_with_the_same() {
        var seed = Long.getLong("seed", new SecureRandom().nextLong());
        System.err.println("Microsoft365SyncPropertyTest -Dseed=" + seed);
        var random = new Random(seed);
        var ann = bound();
        settle("{\"personal_contacts\": {\"enabled\": true}, \"users\": {\"enabled\": true, \"starting_extension_number\": \"800\"}}");
        for (int round = 0; round < 12; round++) {
            for (int edit = 0; edit < 8; edit++) {
                edit(random);
            }
            if (random.nextInt(4) == 0) {
                graph.forget();
            }
            if (random.nextInt(5) == 0) {
                microsoft.revokeTokens();
            }
            if (round == 6) {
                box.restart();
            }
            untilEqual(there(friends(), true), () -> contacts(box.stranger().signedIn("user101", "password-101"), "/user/contacts"));
            untilEqual(there("users", false), this::enabledUsers);
        }
    }

    private void edit(Random random) {
        var n = random.nextInt(12);
        if (random.nextBoolean()) {
            if (random.nextInt(3) == 0 && graph.items(friends()).stream().anyMatch(item -> item.get("id").asText().equals("c" + n))) {
                graph.remove(friends(), "c" + n);
            } else {
                graph.put(friends(), "c" + n, person("Friend " + n, "" + random.nextInt(100)));
            }
        } else if (random.nextInt(4) == 0 && graph.items("users").stream().anyMatch(item -> item.get("id").asText().equals(oid(20 + n)))) {
            graph.remove("users", oid(20 + n));
        } else {
            account(oid(20 + n), "Person " + random.nextInt(100), "person" + n + "@corp.test");
        }
    }

    private Map<String, String> there(String collection, boolean contacts) {
        var there = new HashMap<String, String>();
        graph.items(collection).forEach(item -> there.put(contacts ? item.get("displayName").asText() : item.get("mail").asText(),
                item.get(contacts ? "mobilePhone" : "displayName").asText()));
        return there;
    }

    private Map<String, String> enabledUsers() {
        var found = new HashMap<String, String>();
        box.admin().get("/users?top=100").expect(200).get("items").forEach(user -> {
            if (user.path("sync_type").asText("").equals("Microsoft 365") && user.get("enabled").asBoolean()) {
                found.put(user.get("email").asText(), user.get("display_name").asText());
            }
        });
        return found;
    }
}
