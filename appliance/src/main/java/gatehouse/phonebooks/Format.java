package gatehouse.phonebooks;

import java.util.Optional;

/** How one kind of phone reads a directory. */
sealed interface Format {
    String contentType();

    /** How many entries one answer may have. */
    int top();

    Writer pages();

    /** Writes entries. */
    @FunctionalInterface
    interface Writer {
        String write(Page page, Links links);
    }

    /** Writes what comes before entries. */
    @FunctionalInterface
    interface MenuWriter {
        String write(Links links);
    }

    /** A phone that asks page by page. @param menu what it may choose from first; @param input where somebody types, for phones that have a page for it */
    record Browsed(String contentType, int top, MenuWriter menu, Optional<MenuWriter> input, Writer pages) implements Format { }

    /** A phone that loads one file, and searches in it by itself; it gets the first so many. */
    record Loaded(String contentType, int top, Writer pages) implements Format { }
}
