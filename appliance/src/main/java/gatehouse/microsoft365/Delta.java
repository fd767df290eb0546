package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** What Graph answers to the question what has changed (delta query). */
sealed interface Delta {
    /** @param link the next page; where the next changes are asked for, when this page is the {@code last} */
    record Page(List<JsonNode> items, String link, boolean last) implements Delta { }

    /** Graph does not remember that far back: everything is to be read anew. */
    record TooOld() implements Delta { }

    /** Too much was asked, or the service rests. */
    record Later(Duration pause) implements Delta { }

    /** Asking again would not help before somebody changes something there. */
    record Refused(String why) implements Delta { }
}
