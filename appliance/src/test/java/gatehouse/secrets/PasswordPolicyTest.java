package gatehouse.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordPolicyTest {
    private static final PasswordPolicy STRICT = new PasswordPolicy(6, 32, true, true, true, true, true, true);
    private static final PasswordPolicy LOOSE = new PasswordPolicy(6, 8, false, false, false, false, false, false);

    private static List<Object> broken(PasswordPolicy policy, String password) {
        return policy.check("password", password, List.of("anna", "1047", "sales", "xy")).stream().map(problem -> problem.detail().get("rule")).toList();
    }

    @Test
    void each_rule_is_told_by_its_name() {
        assertEquals(List.of(), broken(STRICT, "Tree-94"));
        assertEquals(List.of("min_length"), broken(STRICT, "Tr-94"));
        assertEquals(List.of("max_length"), broken(STRICT, "Tree-94".repeat(5)));
        assertEquals(List.of("contains_letters"), broken(STRICT, "9471-20"));
        assertEquals(List.of("contains_numbers"), broken(STRICT, "Tree-Tree"));
        assertEquals(List.of("contains_special_letters"), broken(STRICT, "Tree94"));
        assertEquals(List.of("disable_sequential_characters"), broken(STRICT, "Tree-345"));
        assertEquals(List.of("disable_sequential_characters"), broken(STRICT, "Tree-94-cBa"));
        assertEquals(List.of("disable_repeating_characters"), broken(STRICT, "Treee-94"));
        assertEquals(List.of("disable_repeating_characters"), broken(STRICT, "Tree---94"));
        assertEquals(List.of("disable_account_information"), broken(STRICT, "Tree-94-ANNA"));
        assertEquals(List.of("disable_account_information"), broken(STRICT, "Tree-1047"));
        assertEquals(List.of("characters"), broken(STRICT, "Tree-94\n"));
    }

    @Test
    void all_of_them_are_told_at_once() {
        assertEquals(List.of("min_length", "contains_letters", "contains_special_letters", "disable_sequential_characters"), broken(STRICT, "123"));
    }

    @Test
    void what_only_looks_like_a_sequence_is_none() {
        assertEquals(List.of(), broken(STRICT, "Tree-9:;<"), "neither letters nor digits");
        assertEquals(List.of(), broken(STRICT, "Tree-aab-12-32"), "two are no run");
        assertEquals(List.of(), broken(STRICT, "Tree-94-xy"), "two letters of the account are in many words");
    }

    @Test
    void a_rule_that_is_off_asks_for_nothing() {
        assertEquals(List.of(), broken(LOOSE, "111111"));
        assertEquals(List.of(), broken(LOOSE, "abcdefgh"));
        assertEquals(List.of("min_length"), broken(LOOSE, "😀😀😀😀😀"), "a character is a character, whatever it is made of");
        assertEquals(List.of("characters"), broken(LOOSE, "tab\there"), "no policy allows what a phone cannot send");
    }
}
