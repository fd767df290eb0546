package gatehouse.topics;

import gatehouse.api.Caller;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What one can subscribe to; the global ones are a system administrator's, for whom one box has one company. */
enum Topic {
    EXTENSION_EVENTS("user_management.users"), EXTENSION_MANAGEMENT_EVENTS("user_management.users"),
    CDR_EVENTS("company_call_log.call_log_view_only"), QUEUE_EVENTS("phone_system.view_only"), QUEUE_MANAGEMENT_EVENTS("phone_system.view_only");

    private static final String GLOBAL = "global_";
    private static final String SYSTEM = "system.information";

    private final String permission;

    Topic(String permission) {
        this.permission = permission;
    }

    /** By its name on the wire, with or without {@code global_}. */
    static Optional<Topic> named(String word) {
        var plain = isGlobal(word) ? word.substring(GLOBAL.length()) : word;
        return Stream.of(values()).filter(topic -> topic.word().equals(plain)).findFirst();
    }

    static boolean isGlobal(String word) {
        return word.startsWith(GLOBAL);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code caller} hears all of it. */
    boolean open(Caller caller, boolean global) {
        return caller.may(permission) && (!global || caller.may(SYSTEM));
    }
}
