package gatehouse.media;

import gatehouse.media.Media.SdpException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session description (RFC 8866) as its lines, session part and one part a stream; what we do not know stays as it is.
 * Immutable.
 */
record SessionDescription(List<String> session, List<Stream> streams) {
    private static final int MOST_CHARACTERS = 16_384; // a video phone with every codec writes about 4 KB
    private static final int MOST_STREAMS = 8;
    private static final Set<String> DIRECTIONS = Set.of("a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive");
    private static final Pattern TELEPHONE_EVENT = Pattern.compile("a=rtpmap:(\\d{1,3}) +telephone-event/", Pattern.CASE_INSENSITIVE);

    /** @param lines the m= line first */
    record Stream(List<String> lines) {
        Stream {
            lines = List.copyOf(lines);
        }

        String[] media() {
            return lines.getFirst().substring(2).split(" +");
        }

        String kind() {
            return media()[0];
        }

        boolean isPlainRtp() {
            return media()[2].equals("RTP/AVP") || media()[2].equals("RTP/AVPF");
        }

        int port() {
            return Integer.parseInt(media()[1].split("/")[0]);
        }

        Optional<String> value(String prefix) {
            return first(lines, prefix);
        }

        Stream directed(String direction) {
            return new Stream(java.util.stream.Stream.concat(lines.stream().filter(line -> !isDirection(line)), java.util.stream.Stream.of("a=" + direction)).toList());
        }

        /** The payload types of RFC 4733 telephone events: one for each clock rate of the codecs (8000, 48000, …). */
        List<Integer> telephoneEvents() {
            return lines.stream().map(TELEPHONE_EVENT::matcher).filter(Matcher::lookingAt).flatMap(found -> number(found.group(1), 127).stream()).toList();
        }
    }

    SessionDescription {
        session = List.copyOf(session);
        streams = List.copyOf(streams);
    }

    /** @throws SdpException when it is not a session description; says where it stops making sense */
    static SessionDescription parse(String text) throws SdpException {
        if (text.length() > MOST_CHARACTERS) {
            throw new SdpException("A session description may have " + MOST_CHARACTERS + " characters; this one has " + text.length());
        }
        var session = new ArrayList<String>();
        var streams = new ArrayList<List<String>>();
        for (var line : text.split("\r\n|\n|\r")) {
            if (line.isEmpty()) {
                continue;
            }
            if (line.length() < 2 || line.charAt(1) != '=') {
                throw new SdpException("Not a line of a session description: " + line);
            }
            if (line.startsWith("m=")) {
                streams.add(new ArrayList<>());
            }
            (streams.isEmpty() ? session : streams.getLast()).add(line);
        }
        return checked(session, streams);
    }

    private static SessionDescription checked(List<String> session, List<List<String>> streams) throws SdpException {
        if (session.isEmpty() || !session.getFirst().equals("v=0")) {
            throw new SdpException("A session description begins with v=0");
        }
        if (streams.size() > MOST_STREAMS) {
            throw new SdpException("A session description may have " + MOST_STREAMS + " streams; this one has " + streams.size());
        }
        for (var lines : streams) {
            var media = lines.getFirst().substring(2).split(" +");
            if (media.length < 4 || number(media[1].split("/", 2)[0], 65_535).isEmpty()) {
                throw new SdpException("Not a media line: " + lines.getFirst());
            }
        }
        return new SessionDescription(session, streams.stream().map(Stream::new).toList());
    }

    /** The stream we can carry: the first audio with a port, over plain RTP; empty when there is none. */
    Optional<Stream> audio() {
        return streams.stream().filter(stream -> stream.kind().equals("audio") && stream.port() != 0 && stream.isPlainRtp()).findFirst();
    }

    /** With {@code direction} for what is carried. */
    SessionDescription directed(String direction) {
        var audio = audio();
        return new SessionDescription(session.stream().filter(line -> !isDirection(line)).toList(), streams.stream().map(stream ->
                audio.filter(one -> one == stream).isEmpty() ? stream : stream.directed(direction)).toList());
    }

    private static boolean isDirection(String line) {
        return DIRECTIONS.contains(line);
    }

    /** Where {@code stream} is to be sent; an any-address (0.0.0.0) says: not now (RFC 3264 8.4). */
    InetSocketAddress address(Stream stream) throws SdpException {
        return new InetSocketAddress(connection(stream), stream.port());
    }

    /** Where its RTCP is to be sent: a=rtcp (RFC 3605), or one port above; never on the RTP port, which we do not agree to (RFC 5761 5.1.1). */
    InetSocketAddress rtcpAddress(Stream stream) throws SdpException {
        var port = stream.value("a=rtcp:").flatMap(value -> number(value.split(" ")[0], 65_535)).orElse(Math.min(65_535, stream.port() + 1));
        return new InetSocketAddress(connection(stream), port);
    }

    private InetAddress connection(Stream stream) throws SdpException {
        var line = stream.value("c=").or(() -> first(session, "c="))
                .orElseThrow(() -> new SdpException("No c= line says where the audio goes"));
        var words = line.split("[ /]+");
        if (words.length < 3 || !words[0].equals("IN") || words[2].contains("%")) { // a zone is the sender's own
            throw new SdpException("Not an address we can send to: c=" + line);
        }
        try {
            return InetAddress.ofLiteral(words[2]); // a name would make us ask a server of the sender's choice
        } catch (IllegalArgumentException e) {
            throw new SdpException("Not an address: " + words[2]);
        }
    }

    private static Optional<String> first(List<String> lines, String prefix) {
        return lines.stream().filter(line -> line.startsWith(prefix)).findFirst().map(line -> line.substring(prefix.length()));
    }

    private static Optional<Integer> number(String text, int most) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= most ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    String text() {
        var text = new StringBuilder();
        session.forEach(line -> text.append(line).append("\r\n"));
        streams.forEach(stream -> stream.lines.forEach(line -> text.append(line).append("\r\n")));
        return text.toString();
    }
}
