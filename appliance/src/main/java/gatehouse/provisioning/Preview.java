package gatehouse.provisioning;

import gatehouse.phones.Phone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a phone will get when it comes next, and what of it is new to it.
 *
 * @param effect  what the phone will do
 * @param because the lines that make it restart, or may; a few of them
 * @param problem why it gets nothing, in a sentence with what to do
 */
record Preview(Phone phone, Effect effect, List<String> because, Optional<String> problem, List<FilePreview> files) {
    /** What a phone does with what it gets. */
    enum Effect {
        /** There is nothing new for it. */
        NOTHING,
        /** It takes over what is new without a restart. */
        STAYS_UP,
        /** It restarts or not: its maker does not tell, or it depends. */
        MAY_RESTART,
        /** It restarts. */
        RESTARTS
    }

    /** How a file stands to what the phone got. */
    enum Standing {
        /** It has not fetched it yet. */
        NEW,
        UNCHANGED,
        CHANGED,
        /** It fetched it once, and will not find it any more. */
        GONE
    }

    /**
     * @param fetchedAt when it first got the text it has now
     * @param text      as the phone will get it; empty when it is gone
     * @param diff      unified lines from what it has to what it will get, without any secret
     */
    record FilePreview(String name, String contentType, Standing standing, Optional<Instant> fetchedAt, String text, List<String> diff) { }
}
