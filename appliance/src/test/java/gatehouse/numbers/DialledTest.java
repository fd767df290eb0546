package gatehouse.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DialledTest {
    @Test
    void a_number_may_be_written_as_on_paper_and_is_dialled_without_that() {
        assertEquals("+493012345", Dialled.dialled("+49 (30) 123-45"));
        assertEquals("0301", Dialled.dialled("(030)/1"));
        assertEquals("*72101", Dialled.dialled("*72 101"));
        assertEquals("anna@example.org", Dialled.dialled("anna@example.org"));
        for (var text : List.of("1", "101", "+49 (30) 123-45", "(030) 12", "*72#", "sip:anna@example.org:5060", "front.door", "Empfang_2")) {
            assertTrue(Dialled.isWritten(text), text);
        }
        for (var text : List.of("", " ", " 101", "101 ", "-1", "1;2", "1\n2", "\"1\"", "<1>", "1".repeat(200))) {
            assertFalse(Dialled.isWritten(text), text);
        }
    }
}
