package gatehouse.pnp;

/** Where to listen: an interface's name, and the port, which is 5060 unless the phones were told another. */
public record Place(String networkInterface, int port) {
    public static final int PORT = 5060;
}
