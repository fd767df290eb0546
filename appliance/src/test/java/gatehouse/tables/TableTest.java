package gatehouse.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import gatehouse.tables.Table.Row;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {
    private static Table read(String text) {
        return Table.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Problem refused(byte[] bytes) {
        return assertThrows(ProblemException.class, () -> Table.read(new ByteArrayInputStream(bytes))).problems().getFirst();
    }

    private static Object lineRefused(String text) {
        return refused(text.getBytes(StandardCharsets.UTF_8)).detail().get("line");
    }

    @Test
    void it_is_read_as_spreadsheets_write_it() {
        var wanted = List.of(new Row(2, Map.of("name", "Mia", "note", "a, \"b\"; c")), new Row(4, Map.of("name", "Otto")));
        assertEquals(wanted, read("name,note\r\nMia,\"a, \"\"b\"\"; c\"\r\n\r\nOtto,\r\n").rows());
        assertEquals(wanted, read("\uFEFFname;note\nMia;\"a, \"\"b\"\"; c\"\n;\nOtto\n").rows());
        assertEquals(wanted, read("name\tnote\nMia\t\"a, \"\"b\"\"; c\"\n\t\n  Otto \t  ").rows());
        assertEquals(List.of("name", "note"), read(" name , note ,\nMia").header().subList(0, 2));
    }

    @Test
    void a_row_knows_its_line_even_after_one_of_many_lines() {
        assertEquals(List.of(2, 5), read("name,note\nMia,\"one\ntwo\n\"\nOtto,x").rows().stream().map(Row::line).toList());
    }

    @Test
    void the_apostrophe_against_formulas_is_taken_off_again() {
        assertEquals(Map.of("a", "=1+1", "b", "'s", "c", "+49 30"), read("a,b,c\n'=1+1,'s,'+49 30").rows().getFirst().cells());
    }

    @Test
    void what_is_no_table_is_refused_by_its_line() {
        assertEquals(1, lineRefused(""));
        assertEquals(1, lineRefused("\n\n"));
        assertEquals(1, lineRefused("a,b,a\n1,2,3"));
        assertEquals(3, lineRefused("a,b\n1,2\n1,2,3"));
        assertEquals(2, lineRefused("a,b\n\"q\"x,3\n"));
        assertEquals(1_002, lineRefused("a\n" + "1\n".repeat(1_001)));
        assertEquals(1_000, read("a\n" + "1\n".repeat(1_000)).rows().size());
        assertEquals(1, lineRefused(",".repeat(101) + "a"));
        assertEquals("encoding", refused("name\nM\u00fcller".getBytes(StandardCharsets.ISO_8859_1)).detail().get("rule"));
        assertEquals(Problem.Code.PAYLOAD_TOO_LARGE, refused(new byte[(1 << 20) + 1]).code());
        assertEquals(List.of(new Row(2, Map.of("a", "1"))), read("a\n1, ,").rows(), "cells beyond the header that are empty are nothing");
    }
}
