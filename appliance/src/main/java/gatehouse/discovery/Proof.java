package gatehouse.discovery;

/** What a phone must show before it is sent to its own files, where secrets are. */
enum Proof {
    /** Nothing does: only who knows the folder gets there. */
    NEVER,
    /** It comes while an administrator holds the door open for it. */
    WINDOW,
    /** It names its MAC. That can be copied, so the first address that does has it until a window is opened. */
    MAC
}
