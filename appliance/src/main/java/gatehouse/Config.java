package gatehouse;

import gatehouse.pnp.Place;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set from outside, once, at start. Flags beat environment, environment beats the YAML file, the file beats the defaults.
 *
 * @param data          the directory that holds the database, keys and certificate
 * @param bind          the address every listener binds; {@code 0.0.0.0} for all
 * @param discovery     how phones may look for their settings
 * @param domain        the box's one SIP domain and digest realm
 * @param consolePort   a serial device to serve the console on
 * @param board         a board description to use instead of detecting the board
 * @param adminPassword sets the first administrator's password instead of making one; read from the environment only
 */
public record Config(Path data, InetAddress bind, int httpsPort, int httpPort, int sipPort, int sipsPort, PortRange rtpPorts,
                     Discovery discovery, String domain, Optional<String> consolePort, Optional<String> board, LogLevel logLevel, Optional<String> adminPassword) {

    /**
     * @param pnp      interfaces on which phones are answered that ask their network (RFC 6080)
     * @param tftpPort where files are given over TFTP; 0 for nowhere
     * @param certificatePort where phones are asked for their maker's certificate, over HTTPS; 0 for nowhere
     */
    public record Discovery(List<Place> pnp, int tftpPort, int certificatePort) {
        public static final Discovery OFF = new Discovery(List.of(), 0);

        /** Asks no phone for a certificate. */
        public Discovery(List<Place> pnp, int tftpPort) {
            this(pnp, tftpPort, 0);
        }
    }

    /** Where phones are sent that are to come over HTTPS. */
    int phonesHttpsPort() {
        return discovery.certificatePort == 0 ? httpsPort : discovery.certificatePort;
    }

    public enum LogLevel { ERROR, WARNING, INFO, DEBUG }

    /** Inclusive; RTP takes the even port of a pair, RTCP the odd one above it. */
    public record PortRange(int first, int last) { }
}
