package gatehouse.pnp;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A SUBSCRIBE to the event ua-profile, and what is said back. Phones send it to a multicast group, where no SIP stack of ours listens and
 * no transaction is worth keeping: a request line, headers, no body.
 * <pre>
 * SUBSCRIBE sip:MAC%3a000413aabbcc@224.0.1.75 SIP/2.0
 * Event: ua-profile;profile-type="device";vendor="snom";model="snomD785";version="10.1"
 * </pre>
 */
final class Subscribe {
    private static final Pattern START = Pattern.compile("SUBSCRIBE (sips?:[^\\s<>\"]{1,200}) SIP/2\\.0");
    private static final Pattern MAC = Pattern.compile("(?i)(?:\\bMAC[:=]?|(?<![0-9a-f]))((?:[0-9a-f]{2}[:\\-]?){5}[0-9a-f]{2})(?![0-9a-f])");
    private static final Pattern VIA = Pattern.compile("(?i)SIP\\s*/\\s*2\\.0\\s*/\\s*UDP\\s+(\\[[0-9a-f:.]+]|[^\\s;:,]+)(?::(\\d{1,5}))?.*");
    private static final Pattern CONTACT = Pattern.compile("(?:.*<)?(sips?:(?:[^\\s<>@]{1,100}@)?(\\[[0-9a-fA-F:.]+]|[^\\s<>:;?]+)(?::(\\d{1,5}))?[^\\s<>,]*)>?.*");
    private static final Pattern CSEQ = Pattern.compile("\\d{1,10}\\s+SUBSCRIBE");
    private static final Pattern RPORT = Pattern.compile("(?i);\\s*rport(?=[;\\s,]|$)");
    private static final Map<String, String> COMPACT = Map.of("v", "via", "f", "from", "t", "to", "i", "call-id", "m", "contact", "o", "event");
    private static final int SIP_PORT = 5060;

    private final String uri;
    private final Map<String, List<String>> headers;

    private Subscribe(String uri, Map<String, List<String>> headers) {
        this.uri = uri;
        this.headers = headers;
    }

    /** Empty for anything else that may come to the group. */
    static Optional<Subscribe> parse(byte[] datagram, int length) {
        var text = new String(datagram, 0, length, StandardCharsets.UTF_8);
        var end = text.indexOf("\r\n\r\n");
        var lines = (end < 0 ? text : text.substring(0, end)).replaceAll("\r\n[ \t]+", " ").split("\r?\n");
        var start = START.matcher(lines[0]);
        if (!start.matches()) {
            return Optional.empty();
        }
        var headers = new HashMap<String, List<String>>();
        for (int i = 1; i < lines.length; i++) {
            var colon = lines[i].indexOf(':');
            if (colon > 0) {
                var name = lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT);
                headers.computeIfAbsent(COMPACT.getOrDefault(name, name), _ -> new ArrayList<>()).add(lines[i].substring(colon + 1).strip());
            }
        }
        return Optional.of(new Subscribe(start.group(1), headers)).filter(Subscribe::whole);
    }

    private boolean whole() {
        return List.of("via", "from", "to", "call-id", "cseq", "event").stream().allMatch(name -> !header(name).isEmpty())
                && CSEQ.matcher(header("cseq")).matches() && VIA.matcher(header("via")).matches()
                && header("event").toLowerCase(Locale.ROOT).matches("ua-profile(\\s*;.*)?");
    }

    private String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    String callId() {
        return header("call-id");
    }

    /** In the request's address, else in who it is from; both spellings, with and without {@code MAC}. */
    Optional<String> mac() {
        return List.of(uri, header("from"), header("to"), header("event")).stream().map(place -> place.replaceAll("(?i)%3a", ":"))
                .map(MAC::matcher).filter(java.util.regex.Matcher::find).map(found -> found.group(1).replaceAll("[:\\-]", "").toLowerCase(Locale.ROOT)).findFirst();
    }

    /** A parameter of the event; empty when it is not there. */
    String about(String name) {
        var found = Pattern.compile("(?i);\\s*" + name + "\\s*=\\s*(?:\"([^\"]{0,80})\"|([^;\"\\s]{1,80}))").matcher(header("event"));
        return !found.find() ? "" : (found.group(1) != null ? found.group(1) : found.group(2)).replaceAll("\\p{Cntrl}", " ").strip();
    }

    /** Where the response goes (RFC 3261 18.2.2, RFC 3581). */
    InetSocketAddress respondTo(InetSocketAddress source) {
        var via = VIA.matcher(header("via"));
        var port = !via.matches() || via.group(2) == null ? SIP_PORT : Integer.parseInt(via.group(2));
        return RPORT.matcher(header("via")).find() ? source : at(source, port);
    }

    /** Where the NOTIFY goes: to the sender, whatever else the Contact may name, so that nobody is sent what somebody else asked for. */
    InetSocketAddress notifyAt(InetSocketAddress source) {
        var contact = CONTACT.matcher(header("contact"));
        if (!contact.matches() || !contact.group(2).equals(source.getAddress().getHostAddress())) {
            return respondTo(source);
        }
        return at(source, contact.group(3) == null ? SIP_PORT : Integer.parseInt(contact.group(3)));
    }

    private static InetSocketAddress at(InetSocketAddress source, int port) {
        return port >= 1 && port <= 65535 ? new InetSocketAddress(source.getAddress(), port) : source;
    }

    /** @param tag ours, the same in the NOTIFY */
    String accepted(InetSocketAddress source, String box, int port, String tag) {
        var text = new StringBuilder("SIP/2.0 200 OK\r\n");
        var vias = headers.get("via");
        for (int i = 0; i < vias.size(); i++) {
            text.append("Via: ").append(i > 0 ? vias.get(i) : received(vias.get(i), source)).append("\r\n");
        }
        return text.append("From: ").append(header("from")).append("\r\nTo: ").append(tagged(header("to"), tag)).append("\r\nCall-ID: ").append(callId())
                .append("\r\nCSeq: ").append(header("cseq")).append("\r\nContact: <sip:").append(box).append(':').append(port)
                .append(">\r\nExpires: 0\r\nContent-Length: 0\r\n\r\n").toString();
    }

    private static String received(String via, InetSocketAddress source) {
        return RPORT.matcher(via).replaceFirst(";rport=" + source.getPort()) + ";received=" + source.getAddress().getHostAddress();
    }

    private static String tagged(String to, String tag) {
        return to.matches("(?i).*;\\s*tag=.*") ? to : to + ";tag=" + tag;
    }

    /**
     * The one NOTIFY, which ends the subscription too (RFC 6080 6.7, RFC 6665 4.2.1).
     *
     * @param box,port where its response is awaited
     */
    String notify(String url, InetSocketAddress target, String box, int port, String branch, String tag) {
        var contact = CONTACT.matcher(header("contact"));
        var host = target.getAddress().getHostAddress();
        var to = contact.matches() && contact.group(2).equals(host) ? contact.group(1) : "sip:" + host + ":" + target.getPort();
        return "NOTIFY " + to + " SIP/2.0\r\nVia: SIP/2.0/UDP " + box + ":" + port + ";branch=z9hG4bK" + branch + "\r\nMax-Forwards: 20\r\nFrom: "
                + tagged(header("to"), tag) + "\r\nTo: " + header("from") + "\r\nCall-ID: " + callId() + "\r\nCSeq: 1 NOTIFY\r\nContact: <sip:" + box + ":" + port
                + ">\r\nEvent: ua-profile;effective-by=0\r\nSubscription-State: terminated;reason=timeout\r\nContent-Type: application/url\r\nContent-Length: "
                + url.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + url;
    }

    /** Whether {@code datagram} is a final response to that NOTIFY. */
    boolean isAnswer(byte[] datagram, int length) {
        var text = new String(datagram, 0, length, StandardCharsets.UTF_8);
        return text.matches("(?s)SIP/2\\.0 [2-6]\\d\\d .*") && text.contains(callId());
    }
}
