package gatehouse.templates;

/**
 * One account of a phone that has several, such as a handset of a DECT base.
 *
 * @param place         counted from 1: the handset's number at its base
 * @param ipui          the handset's own number (ETSI EN 300 175-6), ten hex digits; empty while it is not known
 * @param authPassword in clear: it goes into the file and nowhere else
 */
public record Line(int place, String ipui, String extensionNumber, String displayName, String authName, String authPassword) {
}
