package gatehouse.reports;

import gatehouse.api.Csv;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A report's table as it is written, line by line. */
sealed interface ReportFile {
    void head(String title, List<String> columns) throws IOException;

    void row(List<String> cells) throws IOException;

    void foot() throws IOException;

    /** @param format the contract's word */
    static ReportFile of(String format, Writer out) {
        return format.equals("HTML") ? new Html(out) : new Text(out);
    }

    /** RFC 4180. */
    record Text(Writer out) implements ReportFile {
        @Override
        public void head(String title, List<String> columns) throws IOException {
            row(columns);
        }

        @Override
        public void row(List<String> cells) throws IOException {
            out.write(Csv.line(cells));
        }

        @Override
        public void foot() { }
    }

    /** A page that loads nothing and runs nothing. */
    record Html(Writer out) implements ReportFile {
        @Override
        public void head(String title, List<String> columns) throws IOException {
            out.write("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escaped(title) + "</title>\n<style>"
                    + "body{font:14px sans-serif}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:2px 6px;text-align:left}</style></head>\n<body><h1>"
                    + escaped(title) + "</h1>\n<table>\n");
            cells("th", columns);
        }

        @Override
        public void row(List<String> cells) throws IOException {
            cells("td", cells);
        }

        private void cells(String tag, List<String> cells) throws IOException {
            out.write("<tr>");
            for (var cell : cells) {
                out.write("<" + tag + ">" + escaped(cell) + "</" + tag + ">");
            }
            out.write("</tr>\n");
        }

        private static String escaped(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
        }

        @Override
        public void foot() throws IOException {
            out.write("</table></body></html>\n");
        }
    }
}
