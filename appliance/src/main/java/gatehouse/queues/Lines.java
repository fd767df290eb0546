package gatehouse.queues;

/** What an extension's phones do now. */
public interface Lines {
    boolean online(String extensionNumber);

    boolean onCall(String extensionNumber);
}
