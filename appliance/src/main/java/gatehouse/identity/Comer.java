package gatehouse.identity;

/**
 * Who asks for a phone's files.
 *
 * @param address   where from
 * @param userAgent what it says it is; empty when it says nothing
 */
public record Comer(String address, String userAgent) { }
