package gatehouse.phonebooks;

/** Which contacts. */
enum Book {
    ALL("all", "All"),
    COLLEAGUES("colleagues", "Colleagues"),
    COMPANY("company", "Company"),
    PERSONAL("personal", "My contacts");

    /** As addresses have it. */
    final String word;
    final String title;

    Book(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /** All of them for a word that is none. */
    static Book of(String word) {
        for (var book : values()) {
            if (book.word.equals(word)) {
                return book;
            }
        }
        return ALL;
    }
}
