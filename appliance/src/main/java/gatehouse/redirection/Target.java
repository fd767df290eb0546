package gatehouse.redirection;

/**
 * Where a phone is to be led.
 *
 * @param mac       twelve lower-case hex digits
 * @param folder    the address of its folder, ending in a slash: a secret between the box, the service and the phone
 * @param file      the name of its own file there
 * @param modelCode as the maker names the model in file names
 * @param serial    empty when nobody gave it
 * @param starter   the address that every phone may know, for services that want one for all besides
 */
record Target(String mac, String folder, String file, String modelCode, String serial, String starter) {
    @Override
    public String toString() {
        return "Target of " + mac;
    }
}
