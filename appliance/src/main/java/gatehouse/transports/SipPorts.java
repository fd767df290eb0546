package gatehouse.transports;

import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Single;
import gatehouse.transports.Transport.Protocol;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/**
 * The ports for SIP: those that the start says, unless somebody set others, which hold from the next start on. Phones learn theirs from their
 * files, so a change while they are registered would leave them calling nobody. Thread-safe.
 */
public final class SipPorts {
    private static final String TABLE = "sip_ports";
    private static final String SIP = "sip"; // UDP and TCP: phones change from one to the other and keep the port (RFC 3261 18.1.1)
    private static final String SIPS = "sips";

    /** @param sip UDP and TCP; @param sips TLS */
    public record Ports(int sip, int sips) {
        int of(Protocol protocol) {
            return protocol == Protocol.TLS ? sips : sip;
        }
    }

    private final Single set;
    private volatile Ports said;

    public SipPorts(Keeping keeping) {
        set = new Single(keeping.of(Kind.of(TABLE, "SYSTEM", "SIP ports", SIP)), Json.object());
    }

    /**
     * To be called once, before they are opened. A port that was set and that another program has now is left out, so that the box can be reached
     * and given another.
     *
     * @param ports as the start says
     */
    public Ports over(InetAddress bind, Ports ports) {
        said = ports;
        return new Ports(free(bind, SIP, ports.sip()), free(bind, SIPS, ports.sips()));
    }

    private int free(InetAddress bind, String which, int otherwise) {
        return set(which).filter(wanted -> isFree(bind, wanted)).orElse(otherwise);
    }

    private static boolean isFree(InetAddress bind, int port) {
        try (var _ = new ServerSocket(port, 1, bind); var _ = new DatagramSocket(port, bind)) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private Optional<Integer> set(String which) {
        return Optional.of(set.get().document().path(which)).filter(port -> port.isInt()).map(port -> port.intValue());
    }

    /** As they are from the next start on. */
    public Ports wanted() {
        return new Ports(set(SIP).orElse(said.sip()), set(SIPS).orElse(said.sips()));
    }

    /** @param port null for what the start says; @param others those that are taken, the first and the last of a range each */
    void set(Actor actor, Protocol protocol, Integer port, List<Taken> others) {
        if (port != null) {
            if (port == 0) {
                throw Problem.invalid("port", "minimum", "port must be 1 to 65535.").raise();
            }
            others.stream().filter(other -> other.first() <= port && port <= other.last()).findFirst().ifPresent(other -> {
                throw Problem.conflict("port", "Port " + port + " is for " + other.what() + "; choose another.").raise();
            });
            var sibling = protocol == Protocol.TLS ? wanted().sip() : wanted().sips();
            if (port == sibling) {
                throw Problem.conflict("port", "Port " + port + " is for SIP by another protocol; TLS needs one of its own.").raise();
            }
        }
        set.update(actor, Json.object().put(protocol == Protocol.TLS ? SIPS : SIP, port));
    }

    /** Ports that the box needs for something else. */
    public record Taken(String what, int first, int last) {
        public Taken(String what, int port) {
            this(what, port, port);
        }
    }
}
