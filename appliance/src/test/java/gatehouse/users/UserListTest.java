package gatehouse.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.changes.ChangeStore;
import gatehouse.changes.Changes;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.ExplainedStore;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.Options;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of users stays fast when there are ten thousand. */
class UserListTest {
    private ExplainedStore store;
    private UserStore users;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new ExplainedStore(new SqliteStore(folder.resolve("box.db")));
        users = new UserStore(store, new Changes(new ChangeStore(store), new ManualTimers(), Clock.systemUTC()));
        user("anna", "Anna Müller", "101", "{\"department\":\"Sales\",\"mobile_phone\":\"0171 55\"}");
        user("Bert", "Bert Smith", "102", "{\"department\":\"Support\"}");
        user("carl", "Carl MÜLLER", null, "{}");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void user(String name, String displayName, String number, String settings) {
        store.write(tx -> tx.run("""
                INSERT INTO users (id, name, name_key, role, display_name, email, extension_number, password_hash, settings, created_at)
                VALUES (?, ?, ?, 'StandardUser', ?, ?, ?, '', ?, 0)""", name, name, name.toLowerCase(), displayName,
                name + "@box.test", number, settings));
    }

    private void check(String names, String... options) {
        assertEquals(names, String.join(" ", users.page(UserStore.LISTING.query(new Options(options))).items().stream().map(User::name).toList()));
    }

    /** @param index what the count must lean on */
    private void counts(String index, String... options) {
        store.plans();
        var query = UserStore.LISTING.query(new Options(options)).atMost(1);
        assertTrue(users.page(query).count() > 1, "a count was needed");
        var plans = store.plans();
        assertTrue(plans.getLast().contains(index), plans::toString);
        assertEquals(List.of(), plans.stream().filter(step -> step.equals("SCAN users") && options.length == 0).toList());
    }

    @Test
    void users_come_by_name_whatever_its_case() {
        check("anna Bert carl");
        check("carl Bert anna", "orderby", "name desc");
        counts("USING COVERING INDEX");
    }

    @Test
    void a_search_looks_into_what_the_list_shows() {
        check("anna carl", "search", "müller");
        check("anna", "search", "sales 0171");
        check("Bert", "search", "SMITH 102");
        counts("COVERING INDEX users_texts", "search", "müller");
        counts("COVERING INDEX users_texts", "search", "box.test");
    }

    @Test
    void a_filter_counts_without_reading_settings() {
        check("anna", "filter", "department eq 'Sales' and enabled eq true");
        check("Bert carl", "filter", "department ne 'Sales'");
        counts("COVERING INDEX users_texts", "filter", "department ne 'Sales'");
        counts("COVERING INDEX users_texts", "filter", "contains(display_name,'e') and enabled eq true");
    }
}
