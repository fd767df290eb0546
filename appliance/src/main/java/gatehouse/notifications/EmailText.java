package gatehouse.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One text with places for values: {@code {{display_name}}}.
 *
 * @param from empty for the account's own address
 * @param body HTML when it begins with a tag, else plain text
 */
record EmailText(String from, String subject, String body) {
    static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.]*)\\s*}}");

    /** @param text the subject after {@code Subject: }, an empty line, the body */
    static EmailText parse(String text) {
        var subject = text.lines().findFirst().orElseThrow().substring("Subject: ".length());
        return new EmailText("", subject, text.substring(text.indexOf("\n\n") + 2));
    }

    /** What {@code custom} leaves out stays as it is here. */
    EmailText with(ObjectNode custom) {
        return new EmailText(custom.path("from").asText(from), custom.path("subject").asText(subject), custom.path("body").asText(body));
    }

    ObjectNode json(EmailTemplate name) {
        return Json.object().put("name", name.name()).put("from", from.isEmpty() ? null : from).put("subject", subject).put("body", body);
    }

    static Stream<String> places(String text) {
        return PLACE.matcher(text).results().map(place -> place.group(1));
    }

    boolean isHtml() {
        return body.stripLeading().startsWith("<");
    }

    /** What goes out. @param html empty for plain text */
    record Filled(String from, String subject, String text, Optional<String> html) { }

    Filled filled(Map<String, String> values) {
        var plain = fill(body, values, UnaryOperator.identity());
        var html = isHtml() ? Optional.of(fill(body, values, EmailText::escaped)) : Optional.<String>empty();
        return new Filled(fill(from, values, UnaryOperator.identity()), fill(subject, values, UnaryOperator.identity()),
                html.map(EmailText::textOf).orElse(plain), html);
    }

    private static String fill(String text, Map<String, String> values, UnaryOperator<String> written) {
        return PLACE.matcher(text).replaceAll((MatchResult place) ->
                java.util.regex.Matcher.quoteReplacement(written.apply(values.getOrDefault(place.group(1), ""))));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** For readers without HTML: the words, and where the links lead. */
    static String textOf(String html) {
        return html.replaceAll("(?is)<(style|script|head)\\b.*?</\\1>", "").replaceAll("\\s+", " ")
                .replaceAll("(?is)<a\\b[^>]*?href=[\"']([^\"']*)[\"'][^>]*>(.*?)</a>", "$2 ($1)")
                .replaceAll("(?i)<br\\s*/?>|</(p|div|tr|h[1-6]|li|table)>", "\n").replaceAll("(?i)<li\\b[^>]*>", "- ").replaceAll("<[^>]*>", "")
                .replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&nbsp;", " ").replace("&amp;", "&")
                .replaceAll(" *\n *", "\n").strip() + "\n";
    }
}
