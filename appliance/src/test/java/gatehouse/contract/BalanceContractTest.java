package gatehouse.contract;

import static gatehouse.testkit.Box.aUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left to call with, to the last of five decimal places. */
class BalanceContractTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static Reply recharge(String amount) {
        return box.admin().post("/tenant/balance", "{\"balance\": " + amount + "}");
    }

    private static String company() {
        return box.admin().get("/tenant/balance").expect(200).get("balance").decimalValue().stripTrailingZeros().toPlainString();
    }

    @Test
    void a_recharge_adds_exactly() throws Exception {
        assertEquals("0", company());
        recharge("0.1").expect(200);
        recharge("0.2").expect(200);
        recharge("0.00001").expect(200);
        assertTrue(box.admin().get("/tenant/balance").text().contains("0.30001"), "no binary fraction in between");
        var tries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 50; i++) {
            tries.add(() -> recharge("0.00001").status());
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(tries)) {
                assertEquals(200, answer.get());
            }
        }
        assertEquals("0.30051", company(), "of fifty at once none is lost");
        recharge("-0.30051").expect(200);
        recharge("-0.00001").expect(409);
        recharge("null").expect(200);
        box.admin().post("/tenant/balance").expect(200);
        assertEquals("0", company());
        recharge("123456789.12345").expect(200);
        assertTrue(box.admin().get("/tenant/balance").text().contains("123456789.12345"));
        recharge("-123456789.12345").expect(200);
        var entry = box.admin().get("/audit_logs?top=1").expect(200).get("items").get(0);
        assertEquals("RECHARGE", entry.get("action").asText());
        assertEquals("BILLING", entry.get("object_type").asText());
        assertEquals("123456789.12345", entry.get("old_state").asText());
    }

    @Test
    void what_is_no_amount_is_refused() {
        for (var wrong : new String[] {"0.000001", "1e-6", "1000000001", "-1000000001", "1e300", "\"1\"", "true", "[]"}) {
            assertEquals("VALIDATE_FAILED", recharge(wrong).expect(400).at("/errors/0/code").asText(), wrong);
        }
        recharge("1e3").expect(200);
        recharge("-1000.00000").expect(200);
    }

    @Test
    void a_user_has_a_balance_of_their_own() {
        var id = box.user("9001");
        var self = box.stranger().signedIn("user9001", "password-9001");
        assertEquals(0, self.get("/user/balance").expect(200).get("balance").decimalValue().signum());
        box.admin().post("/users/" + id + "/balance", "{\"balance\": 12.34567}").expect(200);
        assertTrue(self.get("/user/balance").text().contains("12.34567"));
        assertTrue(box.admin().get("/users/" + id + "/balance").text().contains("12.34567"));
        box.admin().post("/users/" + id + "/balance").expect(200);
        assertTrue(self.get("/user/balance").text().contains("12.34567"), "what is left out stays");
        box.admin().post("/users/" + id + "/balance", "{\"balance\": -1}").expect(400);
        box.admin().post("/users/" + id + "/balance", "{\"balance\": null}").expect(200);
        assertEquals(0, self.get("/user/balance").expect(200).get("balance").decimalValue().signum());
        box.admin().get("/users/none/balance").expect(404);
        box.admin().post("/users/none/balance", "{\"balance\": 1}").expect(404);
        self.get("/users/" + id + "/balance").expect(403);
        self.post("/users/" + id + "/balance", "{\"balance\": 1}").expect(403);
        self.get("/tenant/balance").expect(403);
        self.post("/tenant/balance", "{\"balance\": 1}").expect(403);
        box.stranger().get("/user/balance").expect(401);
    }

    @Test
    void who_may_look_may_not_recharge_and_a_balance_goes_with_its_user() {
        box.admin().post("/roles", "{\"name\": \"Bookkeeper\", \"permissions\": {\"billing\": {\"view_only\": true}}}").expect(201);
        var id = box.admin().post("/users", aUser("9002").put("role", "Bookkeeper")).expect(201).get("id").asText();
        var self = box.stranger().signedIn("user9002", "password-9002");
        self.get("/tenant/balance").expect(200);
        self.get("/users/" + id + "/balance").expect(200);
        self.post("/users/" + id + "/balance", "{\"balance\": 1000}").expect(403);
        box.admin().post("/users/" + id + "/balance", "{\"balance\": 5}").expect(200);
        box.admin().post("/users/" + id + "/destroy").expect(204);
        box.admin().get("/users/" + id + "/balance").expect(404);
    }
}
