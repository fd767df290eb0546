package gatehouse.tables;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** A table with a header line. Read as spreadsheets write it: UTF-8 with or without a mark, commas, semicolons or tabs between cells. */
public record Table(List<String> header, List<Row> rows) {
    /** @param line where it begins in the file, from 1; @param cells by column; what is empty is not there */
    public record Row(int line, Map<String, String> cells) { }

    private static final int LARGEST = 1 << 20; // a thousand users with every field are half of it
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_COLUMNS = 100;
    private static final CsvFactory CSV = new CsvFactory();

    /** @throws ProblemException when it is too large, or no table; says in which line */
    public static Table read(InputStream in) {
        var text = text(in);
        try (var parser = CSV.createParser(text)) {
            parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator(text)));
            parser.enable(CsvParser.Feature.WRAP_AS_ARRAY);
            parser.nextToken();
            return table(parser);
        } catch (JsonParseException e) {
            throw broken(e.getLocation().getLineNr(), "cannot be read: " + e.getOriginalMessage() + ".").raise();
        } catch (IOException e) {
            throw Problem.invalid("", "body", "The table broke off.").raise();
        }
    }

    private static String text(InputStream in) {
        try (in) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Problem.of(Code.PAYLOAD_TOO_LARGE, "A table may have " + LARGEST + " bytes; send it in parts.").raise();
            }
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Problem.invalid("", "encoding", "The table is not in UTF-8; save it as \"CSV UTF-8\".").raise();
        } catch (IOException e) {
            throw Problem.invalid("", "body", "The table broke off.").raise();
        }
    }

    /** Whichever the header has most of: office programs of half the world write semicolons. */
    private static char separator(String text) {
        var header = text.lines().findFirst().orElse("");
        var most = ',';
        for (var candidate : new char[] {';', '\t'}) {
            most = count(header, candidate) > count(header, most) ? candidate : most;
        }
        return most;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static Table table(CsvParser parser) throws IOException {
        var header = List.<String>of();
        var rows = new ArrayList<Row>();
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            var line = parser.currentLocation().getLineNr();
            var cells = cells(parser);
            if (cells.stream().allMatch(String::isBlank)) {
                continue;
            }
            if (header.isEmpty()) {
                header = header(cells, line);
            } else if (rows.size() == MOST_ROWS) {
                throw broken(line, "is one too many: a table may have " + MOST_ROWS + " rows; send it in parts.").raise();
            } else {
                rows.add(row(header, cells, line));
            }
        }
        if (header.isEmpty()) {
            throw broken(1, "is missing: the first line names the columns.").raise();
        }
        return new Table(header, List.copyOf(rows));
    }

    private static List<String> cells(CsvParser parser) throws IOException {
        var cells = new ArrayList<String>();
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            cells.add(plain(parser.getText()));
        }
        return cells;
    }

    /** Without the apostrophe that keeps a spreadsheet from running the cell as a formula, which the box's own exports have. */
    private static String plain(String cell) {
        return cell.length() > 1 && cell.charAt(0) == '\'' && "=@+-\t\r".indexOf(cell.charAt(1)) >= 0 ? cell.substring(1) : cell;
    }

    private static List<String> header(List<String> cells, int line) {
        var names = cells.stream().map(String::strip).toList();
        if (names.size() > MOST_COLUMNS) {
            throw broken(line, "has " + names.size() + " columns; a table may have " + MOST_COLUMNS + ".").raise();
        }
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!name.isEmpty() && !seen.add(name)) {
                throw broken(line, "names the column " + name + " twice.").raise();
            }
        }
        return names;
    }

    private static Row row(List<String> header, List<String> cells, int line) {
        if (cells.size() > header.size() && cells.subList(header.size(), cells.size()).stream().anyMatch(cell -> !cell.isBlank())) {
            throw broken(line, "has " + cells.size() + " cells, but the table has " + header.size() + " columns.").raise();
        }
        var named = new HashMap<String, String>();
        for (int i = 0; i < Math.min(header.size(), cells.size()); i++) {
            var cell = cells.get(i).strip();
            if (!cell.isEmpty() && !header.get(i).isEmpty()) {
                named.put(header.get(i), cell);
            }
        }
        return new Row(line, named);
    }

    private static Problem broken(int line, String what) {
        return new Problem(Code.VALIDATE_FAILED, "Line " + line + " of the table " + what, Map.of("field", "", "rule", "table", "line", line));
    }
}
