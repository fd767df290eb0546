package gatehouse.phonebooks;

import java.util.function.UnaryOperator;

/**
 * What a phone asks for.
 *
 * @param book   which contacts; null where there is a menu to choose from first
 * @param search empty for all
 * @param page   counted from 1
 */
record Look(Book book, String search, int page) {
    private static final int LONGEST_SEARCH = 60;
    private static final int LAST_PAGE = 10_000;

    Look {
        search = search.strip();
        search = search.length() > LONGEST_SEARCH ? search.substring(0, LONGEST_SEARCH) : search;
        page = Math.clamp(page, 1, LAST_PAGE);
    }

    /** A phone that was told to put a search into its place, and has none, may leave the place as it is. */
    static Look of(UnaryOperator<String> query) {
        var search = query.apply("search").replace("#SEARCH", "");
        var page = query.apply("page");
        var book = query.apply("book");
        return new Look(book.isEmpty() && search.isBlank() ? null : Book.of(book), search, page.matches("\\d{1,5}") ? Integer.parseInt(page) : 1);
    }

    Look at(int otherPage) {
        return new Look(book, search, otherPage);
    }

    boolean isMenu() {
        return book == null;
    }
}
