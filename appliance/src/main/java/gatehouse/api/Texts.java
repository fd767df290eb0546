package gatehouse.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text that came over the wire: decoded strictly, so that what is stored and sent back is always UTF-8. */
final class Texts {
    private Texts() {
    }

    /** @throws CharacterCodingException when {@code bytes} are not UTF-8 (RFC 3629): no overlong forms, no surrogates */
    static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    /** Undoes percent-encoding (RFC 3986 2.1) in one path segment. @throws IllegalArgumentException when it is malformed or not UTF-8 */
    static String percentDecoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        var bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) == '%') {
                if (i + 2 >= segment.length()) {
                    throw new IllegalArgumentException("A percent sign needs two digits");
                }
                bytes.write(HexFormat.fromHexDigits(segment, i + 1, i + 3));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(segment.charAt(i)).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return utf8(bytes.toByteArray());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A path is UTF-8", e);
        }
    }

    /** Whether every surrogate has its other half: JSON can escape one alone (RFC 8259 8.2), UTF-8 cannot carry it. */
    static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** The same text with a question mark for each lone surrogate. */
    static String whole(String text) {
        return isWhole(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
