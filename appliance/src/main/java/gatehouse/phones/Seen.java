package gatehouse.phones;

/** Where a phone was when we last heard of it, and what it said it was. */
public record Seen(String ip, String userAgent) {
}
