package gatehouse.dect;

/** A handset of a base. @param ipui its own number (ETSI EN 300 175-6); empty while it is not known; @param handset its place; empty for any */
record DectMember(String userId, String ipui, String handset) {
}
