package gatehouse.tftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * One file to one client, block by block; each waits for its acknowledgement.
 * <pre>
 * client                      box
 *   RRQ name, blksize, tsize →
 *                            ← OACK blksize, tsize      only when options were asked for
 *   ACK 0                    →
 *                            ← DATA 1
 *   ACK 1                    →
 *                            ← DATA 2, shorter than a block: the last
 * </pre>
 * A second acknowledgement of the same block is passed over: answering it would double every packet from there on.
 */
final class Transfer {
    private static final int DATA = 3;
    private static final int ACK = 4;
    private static final int ERROR = 5;
    private static final int OACK = 6;
    private static final int TRIES = 5;
    private static final int MOST_BLOCKS = 65_535; // two bytes; files for phones are far smaller

    private final DatagramSocket socket;
    private final ReadRequest request;
    private final Duration patience;

    /** @param socket connected to the client */
    Transfer(DatagramSocket socket, ReadRequest request, Duration patience) {
        this.socket = socket;
        this.request = request;
        this.patience = patience;
    }

    void run(TftpFiles files) throws IOException {
        var found = files.read(request.name(), socket.getInetAddress().getHostAddress(), socket.getLocalAddress().getHostAddress());
        if (found.isEmpty()) {
            refuse(socket, 1, "There is no such file");
            return;
        }
        var content = request.inMode(found.get());
        var size = request.blockSize();
        var blocks = content.length / size + 1; // a last one of no bytes when it comes out even
        if (blocks > MOST_BLOCKS) {
            refuse(socket, 0, "The file is too large for blocks of " + size);
            return;
        }
        var agreed = request.agreed(content.length);
        var wait = agreed.containsKey("timeout") ? Duration.ofSeconds(agreed.get("timeout")) : patience;
        if (!agreed.isEmpty() && !acknowledged(oack(agreed), 0, wait)) {
            return;
        }
        for (int block = 1; block <= blocks; block++) {
            var from = (block - 1) * size;
            if (!acknowledged(data(block, content, from, Math.min(size, content.length - from)), block, wait)) {
                return;
            }
        }
    }

    private static byte[] oack(Map<String, Integer> agreed) {
        var out = new ByteArrayOutputStream();
        out.write(0);
        out.write(OACK);
        agreed.forEach((name, value) -> out.writeBytes((name + "\0" + value + "\0").getBytes(StandardCharsets.US_ASCII)));
        return out.toByteArray();
    }

    private static byte[] data(int block, byte[] content, int from, int length) {
        var packet = new byte[4 + length];
        packet[1] = DATA;
        packet[2] = (byte) (block >> 8);
        packet[3] = (byte) block;
        System.arraycopy(content, from, packet, 4, length);
        return packet;
    }

    /** Sends until that block is acknowledged. @return whether to go on */
    private boolean acknowledged(byte[] packet, int block, Duration wait) throws IOException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            socket.send(new DatagramPacket(packet, packet.length));
            switch (answer(block, wait)) {
                case YES -> {
                    return true;
                }
                case ENDED -> {
                    return false;
                }
                case SILENCE -> { }
            }
        }
        return false;
    }

    private enum Answer { YES, SILENCE, ENDED }

    private Answer answer(int block, Duration wait) throws IOException {
        var packet = new DatagramPacket(new byte[516], 516);
        var end = System.nanoTime() + wait.toNanos();
        for (var left = wait.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            socket.setSoTimeout((int) left);
            try {
                packet.setLength(516);
                socket.receive(packet);
            } catch (SocketTimeoutException silence) {
                return Answer.SILENCE;
            }
            var bytes = packet.getData();
            var opcode = ReadRequest.opcode(bytes, packet.getLength());
            if (opcode == ERROR) {
                return Answer.ENDED;
            }
            if (opcode == ACK && ((bytes[2] & 0xff) << 8 | bytes[3] & 0xff) == block) {
                return Answer.YES;
            }
        }
        return Answer.SILENCE;
    }

    /** @param code RFC 1350's, 8 for options */
    static void refuse(DatagramSocket socket, int code, String message) throws IOException {
        var text = message.getBytes(StandardCharsets.US_ASCII);
        var packet = new byte[5 + text.length];
        packet[1] = ERROR;
        packet[3] = (byte) code;
        System.arraycopy(text, 0, packet, 4, text.length);
        socket.send(new DatagramPacket(packet, packet.length));
    }
}
