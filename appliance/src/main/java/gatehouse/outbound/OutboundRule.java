package gatehouse.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.hours.Calendar;
import gatehouse.hours.Schedule;
import gatehouse.numbering.NumberMask;
import gatehouse.resources.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule, ready to be asked. Each condition that is empty holds for every call.
 *
 * @param prefixes what the dialled number begins with, one of them
 * @param lengths  how many digits it has
 * @param callers  extensions that it is for
 * @param groups   user groups that it is for
 * @param schedule always, unless hours are set
 * @param randomly its routes are tried in any order
 */
public record OutboundRule(String id, String name, boolean enabled, int priority, List<String> prefixes, Lengths lengths,
                           Optional<NumberMask> callers, Set<String> groups, Schedule schedule, boolean randomly, List<Route> routes) {
    /** One trunk of a rule. @param strip how many characters go from the front; @param callerId for who has none of its own there */
    public record Route(boolean enabled, String trunkId, int strip, String prepend, Optional<String> callerId) {
        /** The number as it leaves; empty when nothing is left of it. */
        Optional<String> number(String dialled) {
            return dialled.length() <= strip ? Optional.empty() : Optional.of(prepend + dialled.substring(strip));
        }
    }

    static OutboundRule of(Resource rule, Set<String> groups) {
        JsonNode fields = rule.document();
        var routes = new ArrayList<Route>();
        fields.path("routes").forEach(route -> routes.add(new Route(route.path("enabled").asBoolean(true), route.path("provider_id").asText(""),
                route.path("strip_digits").asInt(), route.path("prepend").asText(""), Optional.ofNullable(route.path("outbound_caller_id")
                        .textValue()))));
        return new OutboundRule(rule.id(), rule.text("name"), fields.path("enabled").asBoolean(true), fields.path("priority").asInt(),
                words(rule.text("number_prefix")), Lengths.of(rule.text("number_length")).orElse(Lengths.ANY),
                        NumberMask.of(rule.text("number_mask")),
                groups, Schedule.of(fields.path("office_hours"), fields.path("holidays"), Schedule.Mode.ALWAYS),
                rule.text("routing_strategy").equals("RANDOMLY"), routes);
    }

    /** What stands between semicolons. */
    static List<String> words(String text) {
        return Arrays.stream(text.split("[;,\\s]+")).filter(word -> !word.isEmpty()).toList();
    }

    boolean isFor(OutsideCaller caller, String dialled, Instant now, Calendar calendar) {
        return isFor(dialled) && callers.map(mask -> mask.fits(caller.extension())).orElse(true)
                && (groups.isEmpty() || !Collections.disjoint(groups, caller.groups())) && schedule.isOpen(now, calendar);
    }

    /** Whoever dials it, whenever. */
    boolean isFor(String dialled) {
        return enabled && (prefixes.isEmpty() || prefixes.stream().anyMatch(dialled::startsWith)) && lengths.fits(digits(dialled));
    }

    /** It was made for numbers like this one, and is not for all. */
    boolean names(String dialled) {
        return isFor(dialled) && prefixes.stream().anyMatch(dialled::startsWith);
    }

    private static int digits(String dialled) {
        return dialled.startsWith("+") ? dialled.length() - 1 : dialled.length();
    }
}
