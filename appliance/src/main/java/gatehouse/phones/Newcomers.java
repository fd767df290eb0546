package gatehouse.phones;

import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.ProblemException;
import gatehouse.templates.Model;
import gatehouse.templates.Template;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives a phone that came by itself to a user, when its User-Agent tells what it is. Thread-safe. */
public final class Newcomers {
    private static final System.Logger LOG = System.getLogger(Newcomers.class.getName());

    private record Kind(Template template, Model model, int length) { }

    private final Phones phones;

    public Newcomers(Phones phones) {
        this.phones = phones;
    }

    /** The phone with that MAC if it is that user's, now or already; empty when it is somebody else's, or nobody can tell what it is. */
    public Optional<Phone> give(String mac, String userAgent, String userId, String address) {
        var known = phones.byMac(mac);
        if (known.isPresent()) {
            return known.filter(phone -> phone.userId().equals(userId));
        }
        var kind = kind(userAgent);
        if (kind.isEmpty()) {
            LOG.log(Level.WARNING, "The phone " + mac + " at " + address + " cannot be given to anybody: no template knows " + userAgent);
            return Optional.empty();
        }
        var template = kind.get().template;
        try {
            return Optional.of(phones.create(new Actor("gatehouse", "SYSTEM", address), userId, Json.object().put("mac", mac)
                    .put("filename", template.filename()).put("vendor", template.vendor()).put("model", kind.get().model.name())
                    .put("password", phones.newPassword())));
        } catch (ProblemException e) {
            LOG.log(Level.WARNING, "The phone " + mac + " at " + address + " cannot be given: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The longest word of a model that stands in it, beside its maker's name. */
    private Optional<Kind> kind(String userAgent) {
        var agent = userAgent.toLowerCase(Locale.ROOT);
        return phones.templates().all().stream().filter(template -> agent.contains(template.vendor().toLowerCase(Locale.ROOT)))
                .flatMap(template -> template.models().stream().map(model -> new Kind(template, model, longest(model, agent))))
                .filter(kind -> kind.length > 0).max(Comparator.comparingInt(Kind::length));
    }

    private static int longest(Model model, String agent) {
        return Stream.of(model.userAgent(), model.name()).map(word -> word.toLowerCase(Locale.ROOT)).filter(word -> standsIn(word, agent))
                .mapToInt(String::length).max().orElse(0);
    }

    /** Whole towards its end: T42 is none of a T42S. */
    private static boolean standsIn(String word, String agent) {
        var at = word.isEmpty() ? -1 : agent.indexOf(word);
        var end = at + word.length();
        return at >= 0 && (end == agent.length() || !Character.isLetterOrDigit(agent.charAt(end)));
    }
}
