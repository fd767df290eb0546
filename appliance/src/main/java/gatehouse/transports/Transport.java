package gatehouse.transports;

/** A port on which the box listens for SIP. @param id stable, whatever the port */
public record Transport(String id, Protocol protocol, int port) {
    public enum Protocol { UDP, TCP, TLS }
}
