package gatehouse.pnp;

/**
 * A phone that asked.
 *
 * @param mac        twelve lower-case hex digits
 * @param vendor     as it says, like model and firmware; empty when it does not
 * @param address    where it is
 * @param boxAddress ours on the interface that heard it
 */
public record Heard(String mac, String vendor, String model, String version, String address, String boxAddress) {
    /** What it is, in one line. */
    public String description() {
        return String.join(" ", vendor, model, version).strip().replaceAll(" +", " ");
    }
}
