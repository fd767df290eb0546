package gatehouse.templates;

import java.util.List;
import java.util.Locale;

/**
 * What a phone of this family gets that has not shown who it is: where to ask next. Its text is compiled with the variables of an address
 * alone, so that it cannot hold a secret.
 *
 * @param names      file names that only this family asks for, with {@code *} for any characters; lower case, like what follows
 * @param agent      what its User-Agent holds; empty for nothing
 * @param agentNames file names that others ask for too, where the User-Agent tells
 */
record Starter(List<String> names, String agent, List<String> agentNames, TemplateText body, Format format, String contentType) {
    boolean answers(String file, String userAgent) {
        var name = file.toLowerCase(Locale.ROOT);
        return names.stream().anyMatch(glob -> matches(glob, name))
                || !agent.isEmpty() && userAgent.toLowerCase(Locale.ROOT).contains(agent) && agentNames.stream().anyMatch(glob -> matches(glob, name));
    }

    /** By hand, for a regular expression that somebody wrote could take the box's time. */
    static boolean matches(String glob, String name) {
        int at = 0;
        var parts = glob.split("\\*", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && i > 0) {
                return name.length() - parts[i].length() >= at && name.endsWith(parts[i]);
            }
            var found = name.indexOf(parts[i], at);
            if (found < 0 || i == 0 && found > 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return at == name.length();
    }
}
