package gatehouse.certificates;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A certificate that vouches for itself (RFC 5280 4.1), written by hand because the JDK's own maker of them is not for others to use. */
public final class SelfSigned {
    private static final byte[] SHA256_WITH_RSA = sequence(oid(1, 2, 840, 113549, 1, 1, 11), der(0x05, new byte[0]));
    private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private SelfSigned() {
    }

    /** @param keys RSA; @param serial positive; @return the certificate in DER */
    public static byte[] make(String commonName, KeyPair keys, BigInteger serial, Instant from, Instant to) {
        try {
            var name = sequence(der(0x31, sequence(oid(2, 5, 4, 3), der(0x0C, commonName.getBytes(StandardCharsets.UTF_8)))));
            var contents = sequence(der(0xA0, der(0x02, new byte[] {2})), // version 3
                    der(0x02, serial.toByteArray()), SHA256_WITH_RSA, name, sequence(time(from), time(to)), name, keys.getPublic().getEncoded());
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(contents);
            return sequence(contents, SHA256_WITH_RSA, der(0x03, concat(new byte[1], signature.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Good until 2049, after which another form is due (RFC 5280 4.1.2.5). */
    private static byte[] time(Instant at) {
        return der(0x17, UTC_TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] oid(int first, int second, int... rest) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(first * 40 + second);
        for (var arc : rest) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >> shift != 0) {
                    bytes.write(arc >> shift & 0x7F | 0x80);
                }
            }
            bytes.write(arc & 0x7F);
        }
        return der(0x06, bytes.toByteArray());
    }

    private static byte[] sequence(byte[]... parts) {
        return der(0x30, concat(parts));
    }

    /** Tag, length, value (X.690 8.1). */
    private static byte[] der(int tag, byte[] value) {
        var length = value.length;
        var head = length < 0x80 ? new byte[] {(byte) tag, (byte) length} : length < 0x100 ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return concat(head, value);
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
