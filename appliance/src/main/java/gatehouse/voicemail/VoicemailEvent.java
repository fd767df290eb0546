package gatehouse.voicemail;

import gatehouse.core.Event;

/** What others may hear of messages: lamps on phones, e-mail, the page. */
public sealed interface VoicemailEvent extends Event {
    Voicemail voicemail();

    record Arrived(Voicemail voicemail) implements VoicemailEvent { }

    /** It was marked as read, or as unread again. */
    record Marked(Voicemail voicemail) implements VoicemailEvent { }

    record Deleted(Voicemail voicemail) implements VoicemailEvent { }
}
