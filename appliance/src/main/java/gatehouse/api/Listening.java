package gatehouse.api;

import java.net.InetAddress;
import javax.net.ssl.SSLContext;

/**
 * Where HTTP is answered.
 *
 * @param asking     like {@code tls}, for a port that asks who comes for a certificate and lets in whoever has none, or any
 * @param askingPort files for phones alone; 0 for none
 */
public record Listening(InetAddress bind, int httpsPort, int httpPort, SSLContext tls, int askingPort, SSLContext asking) { }
