package gatehouse.tftp;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for first.
 * <pre>
 * 2 bytes  string  0  string  0  string    0  string  0 …
 * 1 (RRQ)  name    0  mode    0  option    0  value   0
 * </pre>
 *
 * @param options in the order asked, names in lower case
 */
record ReadRequest(String name, boolean text, Map<String, Integer> options) {
    private static final int READ = 1;
    private static final int MOST_FIELDS = 20;
    private static final int SMALLEST_BLOCK = 8; // RFC 2348
    private static final int LARGEST_BLOCK = 1_428; // 1,500 bytes of Ethernet without headers of IP, UDP and TFTP, and 40 to spare for a tunnel: never a fragment

    private static final int LONGEST_WAIT = 10; // seconds; RFC 2349 allows 255, and who asked and went would keep a place for twenty minutes

    /** Empty for a request that is not to be served; {@link #opcode} says what it was. */
    static Optional<ReadRequest> parse(byte[] datagram, int length) {
        if (opcode(datagram, length) != READ || datagram[length - 1] != 0) {
            return Optional.empty();
        }
        var fields = new String(datagram, 2, length - 3, StandardCharsets.UTF_8).split("\0", -1);
        if (fields.length < 2 || fields.length > MOST_FIELDS || fields[0].isEmpty()) {
            return Optional.empty();
        }
        var mode = fields[1].toLowerCase(Locale.ROOT);
        if (!mode.equals("octet") && !mode.equals("netascii")) {
            return Optional.empty();
        }
        var options = new LinkedHashMap<String, Integer>();
        for (int i = 2; i + 1 < fields.length; i += 2) {
            if (fields[i + 1].matches("\\d{1,9}")) {
                options.put(fields[i].toLowerCase(Locale.ROOT), Integer.parseInt(fields[i + 1]));
            }
        }
        return Optional.of(new ReadRequest(fields[0], mode.equals("netascii"), options));
    }

    static int opcode(byte[] datagram, int length) {
        return length < 4 ? 0 : (datagram[0] & 0xff) << 8 | datagram[1] & 0xff;
    }

    int blockSize() {
        var asked = options.getOrDefault("blksize", 512);
        return asked < SMALLEST_BLOCK ? 512 : Math.min(asked, LARGEST_BLOCK);
    }

    /** What is agreed to of what was asked; empty when nothing was, and then nothing is said. */
    Map<String, Integer> agreed(int size) {
        var agreed = new LinkedHashMap<String, Integer>();
        options.forEach((name, value) -> {
            switch (name) {
                case "blksize" -> {
                    if (value >= SMALLEST_BLOCK) {
                        agreed.put(name, blockSize());
                    }
                }
                case "tsize" -> agreed.put(name, size);
                case "timeout" -> {
                    if (value >= 1 && value <= LONGEST_WAIT) {
                        agreed.put(name, value);
                    }
                }
                default -> { } // RFC 2347: what is not known is not mentioned
            }
        });
        return agreed;
    }

    /** RFC 764: lines end with CR LF, and a lone CR is followed by NUL. */
    byte[] inMode(byte[] content) {
        if (!text) {
            return content;
        }
        var out = new java.io.ByteArrayOutputStream(content.length + content.length / 16);
        for (byte one : content) {
            if (one == '\n') {
                out.write('\r');
            }
            out.write(one);
            if (one == '\r') {
                out.write(0);
            }
        }
        return out.toByteArray();
    }
}
