package gatehouse.numbers;

import java.util.regex.Pattern;

/** What people write where a number goes: digits with or without what stands between them on paper, or a name that can be called. */
public final class Dialled {
    private static final Pattern WRITTEN = Pattern.compile("(?U)[+(]?[*#\\w](?:[\\w+*#_.@:~%()/ -]{0,125}[\\w+*#)])?");
    private static final Pattern NUMBER = Pattern.compile("[+(]?[0-9*#][0-9*#()/. -]*");
    private static final Pattern BETWEEN = Pattern.compile("[()/. -]");

    private Dialled() {
    }

    public static boolean isWritten(String text) {
        return WRITTEN.matcher(text).matches();
    }

    /** As a phone dials it: {@code +49 (30) 123-45} is {@code +493012345}; a name stays as it is. */
    public static String dialled(String written) {
        return NUMBER.matcher(written).matches() ? BETWEEN.matcher(written).replaceAll("") : written;
    }
}
