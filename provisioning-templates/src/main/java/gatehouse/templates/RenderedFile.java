package gatehouse.templates;

/**
 * One file as a phone gets it.
 *
 * @param name        as phones ask for it; they may spell a MAC in either case
 * @param contentType for HTTP
 * @param text        UTF-8 once it is sent
 */
public record RenderedFile(String name, String contentType, String text) {
}
