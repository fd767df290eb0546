package gatehouse.listing;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Letters that stand together in texts: what a short word of a search is looked for among. */
public final class Runs {
    public static final int LONGEST = 5; // an area code with the digit after it; of six letters few records have the same

    private Runs() {
    }

    /** Every letter, and every few letters in a row, once each, as {@link #of(String)} makes them. */
    public static Set<String> in(Collection<String> texts) {
        var runs = new LinkedHashSet<String>();
        for (var text : texts) {
            var letters = Folding.fold(text).codePoints().toArray();
            for (int first = 0; first < letters.length; first++) {
                for (int length = 1; length <= Math.min(LONGEST, letters.length - first); length++) {
                    runs.add(new String(letters, first, length));
                }
            }
        }
        return runs;
    }

    /** The same for each word that the search takes to be the same. */
    public static String of(String word) {
        return Folding.fold(word);
    }

    public static boolean isOne(String word) {
        return word.codePointCount(0, word.length()) <= LONGEST;
    }
}
