package gatehouse.sip;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.MessageExt;
import gov.nist.javax.sip.message.SIPMessage;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.PeerUnavailableException;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** The SIP stack: its sockets, its factories, and what every message of ours has in common. */
final class Stack implements AutoCloseable {
    private static final List<String> ALLOWED = List.of(Request.INVITE, Request.ACK, Request.CANCEL, Request.BYE, Request.OPTIONS, Request.INFO,
            Request.REGISTER, Request.UPDATE, Request.REFER);
    static final String SUPPORTED = "replaces";
    /** The stack's own list is of 2006; ECDHE with AES-GCM, TLS 1.3 first, then what older phones know. */
    private static final String CIPHERS = String.join(" ", "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256");
    private static final int HOSTS_REMEMBERED = 2048;

    final HeaderFactory headers;
    final AddressFactory addresses;
    final MessageFactory messages;
    SipProvider provider; // null until open
    private final SipStack stack;
    private final SipSettings settings;
    private final Map<String, InetAddress> localTowards = new ConcurrentHashMap<>();

    /** Listens to nothing yet. */
    Stack(SipSettings settings) throws SipException {
        this.settings = settings;
        try {
            var factory = SipFactory.getInstance();
            factory.setPathName("gov.nist");
            headers = factory.createHeaderFactory();
            addresses = factory.createAddressFactory();
            messages = factory.createMessageFactory();
            stack = settings.sharesUdp() ? new SharedPort(properties(settings)) : factory.createSipStack(properties(settings));
        } catch (PeerUnavailableException e) {
            throw new SipException("The SIP stack did not start: " + e.getMessage(), e);
        }
    }

    /** Opens the ports. From the first on, phones are heard. @throws SipException when one is taken; the message says which */
    void open(SipListener listener) throws SipException {
        try {
            provider = stack.createSipProvider(listen(settings.sipPort(), ListeningPoint.UDP));
            provider.addSipListener(listener);
            provider.addListeningPoint(listen(settings.sipPort(), ListeningPoint.TCP));
            provider.addListeningPoint(listen(settings.sipsPort(), ListeningPoint.TLS));
        } catch (javax.sip.TransportNotSupportedException | javax.sip.ObjectInUseException | java.util.TooManyListenersException e) {
            throw new SipException("The SIP stack did not start: " + e.getMessage(), e);
        }
    }

    private ListeningPoint listen(int port, String transport) throws SipException {
        try {
            return stack.createListeningPoint(settings.bind().getHostAddress(), port, transport);
        } catch (InvalidArgumentException e) {
            throw new SipException("SIP cannot listen on " + transport.toUpperCase(Locale.ROOT) + " port " + port + ": another program has it", e);
        } catch (javax.sip.TransportNotSupportedException e) {
            throw new SipException("SIP over " + transport + " is not to be had: " + e.getMessage(), e);
        }
    }

    private static Properties properties(SipSettings settings) {
        var properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("javax.sip.STACK_NAME", "gatehouse-" + settings.sipPort()),
                Map.entry("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off"), // dialogs are records of our own
                Map.entry("javax.sip.ROUTER_PATH", FlowRouter.class.getName()),
                Map.entry("gov.nist.javax.sip.STACK_LOGGER", StackLog.class.getName()),
                Map.entry("gov.nist.javax.sip.SERVER_LOGGER", WireLog.class.getName()),
                Map.entry("gov.nist.javax.sip.TRACE_LEVEL", "0"),
                Map.entry("gov.nist.javax.sip.REENTRANT_LISTENER", "true"),
                Map.entry("gov.nist.javax.sip.THREAD_POOL_SIZE", "4"),
                Map.entry("gov.nist.javax.sip.CACHE_CLIENT_CONNECTIONS", "true"),
                Map.entry("gov.nist.javax.sip.CACHE_SERVER_CONNECTIONS", "true"),
                Map.entry("gov.nist.javax.sip.MAX_MESSAGE_SIZE", "65536"), // RFC 3261 18.1.1
                Map.entry("gov.nist.javax.sip.READ_TIMEOUT", "30000"),
                Map.entry("gov.nist.javax.sip.TCP_POST_PARSING_THREAD_POOL_SIZE", "4"),
                Map.entry("gov.nist.javax.sip.TLS_CLIENT_AUTH_TYPE", "Disabled"),
                Map.entry("gov.nist.javax.sip.TLS_CLIENT_PROTOCOLS", "TLSv1.3, TLSv1.2"),
                Map.entry("gov.nist.javax.sip.ENABLED_CIPHER_SUITES", CIPHERS),
                Map.entry("javax.net.ssl.keyStore", settings.keyStore().toString()),
                Map.entry("javax.net.ssl.keyStorePassword", settings.keyStorePassword()),
                Map.entry("javax.net.ssl.keyStoreType", "PKCS12"),
                Map.entry("javax.net.ssl.trustStore", settings.keyStore().toString()),
                Map.entry("javax.net.ssl.trustStorePassword", settings.keyStorePassword()),
                Map.entry("javax.net.ssl.trustStoreType", "PKCS12")));
        return properties;
    }

    /** Where a request came from, whatever it says of itself. */
    static InetAddress remote(Request request) {
        return ((SIPMessage) request).getRemoteAddress();
    }

    /** The way a request came. A peer over UDP that does not ask for rport (RFC 3581) listens where its Contact says. */
    Flow flow(Request request) {
        var message = (SIPMessage) request;
        var via = (ViaHeader) request.getHeader(ViaHeader.NAME);
        var transport = via.getTransport().toUpperCase(Locale.ROOT);
        var host = message.getRemoteAddress().getHostAddress();
        var port = message.getRemotePort();
        if (transport.equals("UDP") && !((Via) via).hasParameter("rport")) {
            port = via.getPort() > 0 ? via.getPort() : 5060;
        }
        return new Flow(transport, host, port);
    }

    /** Our address as {@code flow}'s far end reaches it. */
    InetAddress localAddress(Flow flow) {
        if (!settings.bind().isAnyLocalAddress()) {
            return settings.bind();
        }
        if (localTowards.size() > HOSTS_REMEMBERED) {
            localTowards.clear();
        }
        return localTowards.computeIfAbsent(flow.host(), _ -> routeTo(flow));
    }

    /** Connecting a datagram socket sends nothing; it asks the kernel for the route. */
    private static InetAddress routeTo(Flow flow) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(flow.host(), 9));
            return socket.getLocalAddress();
        } catch (IOException e) {
            return InetAddress.getLoopbackAddress();
        }
    }

    private int localPort(Flow flow) {
        return flow.transport().equals("TLS") ? settings.sipsPort() : settings.sipPort();
    }

    /** The host as it stands in a SIP URI or Via: IPv6 in brackets. */
    private static String literal(InetAddress address) {
        var text = address.getHostAddress().split("%")[0];
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    SipURI localUri(String user, Flow flow) throws ParseException {
        var uri = addresses.createSipURI(user, literal(localAddress(flow)));
        uri.setPort(localPort(flow));
        return uri;
    }

    ContactHeader contact(Flow flow) throws ParseException {
        var uri = localUri("gatehouse", flow);
        uri.setTransportParam(flow.transport().toLowerCase(Locale.ROOT));
        return headers.createContactHeader(addresses.createAddress(uri));
    }

    List<ViaHeader> via(Flow flow) throws ParseException, InvalidArgumentException {
        var via = headers.createViaHeader(literal(localAddress(flow)), localPort(flow), flow.transport(), null);
        via.setRPort();
        return List.of(via);
    }

    /** Marks a request of ours with the way it takes. */
    static void over(Flow flow, Request request) {
        ((MessageExt) request).setApplicationData(flow);
    }

    /** Says which methods we take, and that calls can be replaced: some phones transfer a call after asking only to who says so. */
    void allow(Message message) throws ParseException {
        message.setHeader(headers.createSupportedHeader(SUPPORTED));
        for (var method : ALLOWED) {
            message.addHeader(headers.createAllowHeader(method));
        }
    }

    SipOptions options() {
        return settings.options().get();
    }

    /** How the box names itself, as a header takes it. */
    List<String> agent() {
        return List.of(options().agent());
    }

    void describe(Message message, String sessionDescription) throws ParseException {
        message.setContent(sessionDescription.getBytes(StandardCharsets.UTF_8), headers.createContentTypeHeader("application", "sdp"));
    }

    /** The session description in it; empty when there is none. */
    static String description(Message message) {
        var type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
        var raw = message.getRawContent();
        return raw == null || type == null || !type.getContentSubType().equalsIgnoreCase("sdp") ? "" : new String(raw, StandardCharsets.UTF_8);
    }

    /**
     * Who somebody is, as their phone shows it: a quoted string, in which a quote or a backslash is escaped (RFC 3261 25.1). The stack writes
     * names as they are, so one with a line break would be a header of its maker's choice.
     */
    Address named(String name, SipURI uri) throws ParseException {
        var shown = name.replaceAll("\\p{Cntrl}+", " ").strip().replace("\\", "\\\\").replace("\"", "\\\"");
        return shown.isEmpty() ? addresses.createAddress(uri) : addresses.createAddress(shown, uri);
    }

    Response response(int status, Request request) throws ParseException {
        var response = messages.createResponse(status, request);
        response.setHeader(headers.createServerHeader(agent()));
        return response;
    }

    @Override
    public void close() {
        stack.stop();
    }
}
