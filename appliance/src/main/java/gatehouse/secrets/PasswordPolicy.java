package gatehouse.secrets;

import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a password must be like, for signing in and for SIP alike.
 *
 * @param noSequences no three letters or digits that follow each other, up or down: abc, 321
 * @param noRepeats   no three equal characters in a row
 * @param noAccount   nothing of the account's own: its name, its extension number, its e-mail address
 */
public record PasswordPolicy(int minLength, int maxLength, boolean letters, boolean numbers, boolean specials, boolean noSequences, boolean noRepeats,
                             boolean noAccount) {
    private static final int RUN = 3;
    private static final int SHORTEST_WORD = 3; // of the account: two letters are in every password

    /** @param account words of the account that the password is for */
    public List<Problem> check(String field, String password, Collection<String> account) {
        var problems = new ArrayList<Problem>();
        var length = password.codePointCount(0, password.length());
        add(problems, length < minLength, field, "min_length", minLength, " must have at least " + minLength + " characters.");
        add(problems, length > maxLength, field, "max_length", maxLength, " may have " + maxLength + " characters.");
        add(problems, password.chars().anyMatch(Character::isISOControl), field, "characters", true, " may have no control characters.");
        add(problems, letters && password.codePoints().noneMatch(Character::isLetter), field, "contains_letters", true, " must have a letter in it.");
        add(problems, numbers && password.codePoints().noneMatch(Character::isDigit), field, "contains_numbers", true, " must have a digit in it.");
        add(problems, specials && password.codePoints().allMatch(Character::isLetterOrDigit), field, "contains_special_letters", true,
                " must have a character in it that is neither letter nor digit.");
        add(problems, noSequences && (runs(password, 1) || runs(password, -1)), field, "disable_sequential_characters", true,
                " may not have " + RUN + " letters or digits in a row that follow each other, such as abc or 321.");
        add(problems, noRepeats && runs(password, 0), field, "disable_repeating_characters", true, " may not have " + RUN
                + " equal characters in a row.");
        add(problems, noAccount && has(password, account), field, "disable_account_information", true,
                " may not contain the name, the number or the e-mail address of its account.");
        return problems;
    }

    private static void add(List<Problem> problems, boolean broken, String field, String rule, Object limit, String words) {
        if (broken) {
            problems.add(new Problem(Code.VALIDATE_FAILED, field + words, Map.of("field", field, "rule", rule, "limit", limit)));
        }
    }

    private static boolean runs(String password, int step) {
        var characters = password.toLowerCase(Locale.ROOT).codePoints().toArray();
        for (int i = RUN - 1; i < characters.length; i++) {
            var comparable = step == 0 || sameSort(characters[i], characters[i - 1]) && sameSort(characters[i], characters[i - 2]);
            if (comparable && characters[i] - characters[i - 1] == step && characters[i - 1] - characters[i - 2] == step) {
                return true;
            }
        }
        return false;
    }

    private static boolean sameSort(int one, int other) {
        return Character.isDigit(one) && Character.isDigit(other) || Character.isLetter(one) && Character.isLetter(other);
    }

    private static boolean has(String password, Collection<String> account) {
        var folded = password.toLowerCase(Locale.ROOT);
        return account.stream().filter(word -> word.length() >= SHORTEST_WORD).anyMatch(word -> folded.contains(word.toLowerCase(Locale.ROOT)));
    }
}
