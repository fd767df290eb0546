package gatehouse.sip;

import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Properties;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.sip.PeerUnavailableException;

/**
 * A stack whose UDP port another socket of this machine may have too, for a multicast group's address: without that, who listens on all
 * addresses shuts everybody else out. The port is taken alone first, so that a second box is still found out at the start; what is sent to
 * the group does not reach the stack, because Java's sockets hear only groups they joined (IP_MULTICAST_ALL is off).
 */
final class SharedPort extends SipStackImpl {
    SharedPort(Properties properties) throws PeerUnavailableException {
        super(properties);
        networkLayer = new Sharing(networkLayer);
    }

    /** The stack's own sockets; datagram sockets are opened to sharing once they are bound. */
    private record Sharing(NetworkLayer own) implements NetworkLayer {
        @Override
        public DatagramSocket createDatagramSocket(int port, InetAddress address) throws SocketException {
            var socket = own.createDatagramSocket(port, address);
            socket.setReuseAddress(true);
            return socket;
        }

        @Override
        public DatagramSocket createDatagramSocket() throws SocketException {
            return own.createDatagramSocket();
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return own.createServerSocket(port, backlog, address);
        }

        @Override
        public SSLServerSocket createSSLServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return own.createSSLServerSocket(port, backlog, address);
        }

        @Override
        public Socket createSocket(InetAddress address, int port) throws IOException {
            return own.createSocket(address, port);
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress from) throws IOException {
            return own.createSocket(address, port, from);
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress from, int fromPort) throws IOException {
            return own.createSocket(address, port, from, fromPort);
        }

        @Override
        public SSLSocket createSSLSocket(InetAddress address, int port) throws IOException {
            return own.createSSLSocket(address, port);
        }

        @Override
        public SSLSocket createSSLSocket(InetAddress address, int port, InetAddress from) throws IOException {
            return own.createSSLSocket(address, port, from);
        }

        @Override
        public void setSipStack(SipStackImpl stack) {
            own.setSipStack(stack);
        }
    }
}
