package gatehouse.tftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.core.AddressFilter;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.LossyRelay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against curl, which speaks TFTP, and against a client that misbehaves on purpose. */
@Timeout(60)
class TftpServerTest {
    private static final byte[] LARGE = bytes(40_000);
    private static final Map<String, byte[]> FILES = Map.of("small.cfg", "a = 1\nb = 2\n".getBytes(StandardCharsets.US_ASCII), "large.cfg", LARGE,
            "even.cfg", bytes(1_024), "empty.cfg", new byte[0]);
    private final int port = FreePorts.one();
    private TftpServer server;
    @TempDir
    Path folder;

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new SplittableRandom(7).nextBytes(bytes);
        return bytes;
    }

    @BeforeEach
    void start() {
        server = new TftpServer(InetAddress.getLoopbackAddress(), port, (name, _, box) -> Optional.ofNullable(FILES.get(box.equals("127.0.0.1") ? name : "")),
                AddressFilter.EVERYBODY, Duration.ofMillis(200));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private byte[] curl(int at, String file, String... options) throws Exception {
        var out = folder.resolve("out");
        var command = new ArrayList<>(List.of("curl", "-s", "-S", "--max-time", "30", "-o", out.toString()));
        command.addAll(List.of(options));
        command.add("tftp://127.0.0.1:" + at + "/" + file);
        var curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertTrue(curl.waitFor(40, TimeUnit.SECONDS));
        assertEquals(0, curl.exitValue(), new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return Files.readAllBytes(out);
    }

    @Test
    void curl_gets_every_file_whole_with_and_without_options() throws Exception {
        for (var file : FILES.entrySet()) {
            if (file.getValue().length > 0) {
                assertArrayEquals(file.getValue(), curl(port, file.getKey()), file.getKey());
                assertArrayEquals(file.getValue(), curl(port, file.getKey(), "--tftp-blksize", "1024"), file.getKey());
                assertArrayEquals(file.getValue(), curl(port, file.getKey(), "--tftp-no-options"), file.getKey());
            }
        }
    }

    @Test
    void curl_gets_a_file_whole_when_every_seventh_datagram_is_lost() throws Exception {
        try (var relay = new LossyRelay(port, number -> number > 1 && number % 7 == 0)) {
            assertArrayEquals(LARGE, curl(relay.port(), "large.cfg", "--tftp-no-options"));
            assertTrue(relay.lost() >= 10, "lost " + relay.lost());
        }
    }

    /** A client by hand: sends what it likes, tells what comes. */
    private static final class Client implements AutoCloseable {
        private final DatagramSocket socket;
        private InetSocketAddress server;

        Client(int port) throws IOException {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        void ask(int opcode, String... fields) throws IOException {
            var out = new ByteArrayOutputStream();
            out.write(0);
            out.write(opcode);
            for (var field : fields) {
                out.writeBytes(field.getBytes(StandardCharsets.US_ASCII));
                out.write(0);
            }
            send(out.toByteArray());
        }

        void ack(int block) throws IOException {
            send(new byte[] {0, 4, (byte) (block >> 8), (byte) block});
        }

        private void send(byte[] bytes) throws IOException {
            socket.send(new DatagramPacket(bytes, bytes.length, server));
        }

        /** Empty after {@code milliseconds} of silence. */
        byte[] next(int milliseconds) throws IOException {
            var packet = new DatagramPacket(new byte[2_048], 2_048);
            socket.setSoTimeout(milliseconds);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException silence) {
                return new byte[0];
            }
            server = (InetSocketAddress) packet.getSocketAddress();
            return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
        }

        String error() throws IOException {
            var bytes = next(5_000);
            assertEquals(5, bytes[1]);
            return bytes[3] + " " + new String(bytes, 4, bytes.length - 5, StandardCharsets.US_ASCII);
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Test
    void options_are_agreed_to_in_bounds_and_unknown_ones_passed_over() throws Exception {
        try (var client = new Client(port)) {
            client.ask(1, "large.cfg", "OCTET", "tsize", "0", "BlkSize", "9000", "timeout", "2", "windowsize", "16");
            var oack = client.next(5_000);
            assertEquals(6, oack[1]);
            assertEquals("tsize\0" + LARGE.length + "\0blksize\0" + "1428\0timeout\0" + "2\0", new String(oack, 2, oack.length - 2, StandardCharsets.US_ASCII));
            client.ack(0);
            assertEquals(1_428 + 4, client.next(5_000).length);
        }
    }

    @Test
    void a_block_that_is_not_acknowledged_comes_again_five_times_and_no_more() throws Exception {
        try (var client = new Client(port)) {
            client.ask(1, "small.cfg", "octet");
            var first = client.next(5_000);
            for (int again = 1; again < 5; again++) {
                assertArrayEquals(first, client.next(5_000));
            }
            assertEquals(0, client.next(600).length);
        }
    }

    @Test
    void a_second_acknowledgement_of_a_block_doubles_nothing() throws Exception {
        try (var client = new Client(port)) {
            client.ask(1, "large.cfg", "octet");
            client.next(5_000);
            client.ack(1);
            assertEquals(2, client.next(5_000)[3]);
            client.ack(1);
            client.ack(2);
            assertEquals(3, client.next(5_000)[3]);
            client.ack(3);
            assertEquals(4, client.next(5_000)[3]);
        }
    }

    @Test
    void a_file_that_comes_out_even_ends_with_an_empty_block_and_text_has_network_line_ends() throws Exception {
        try (var client = new Client(port)) {
            client.ask(1, "even.cfg", "octet");
            for (int block = 1; block <= 2; block++) {
                assertEquals(516, client.next(5_000).length);
                client.ack(block);
            }
            assertEquals(4, client.next(5_000).length);
            client.ack(3);
        }
        try (var client = new Client(port)) {
            client.ask(1, "small.cfg", "netascii");
            var data = client.next(5_000);
            assertEquals("a = 1\r\nb = 2\r\n", new String(data, 4, data.length - 4, StandardCharsets.US_ASCII));
            client.ack(1);
        }
    }

    @Test
    void nothing_is_taken_and_what_is_not_there_is_said() throws Exception {
        try (var client = new Client(port)) {
            client.ask(2, "small.cfg", "octet");
            assertTrue(client.error().startsWith("2 "));
        }
        try (var client = new Client(port)) {
            client.ask(1, "other.cfg", "octet");
            assertTrue(client.error().startsWith("1 "));
        }
        try (var client = new Client(port)) {
            client.ask(1, "small.cfg", "mail");
            assertTrue(client.error().startsWith("4 "));
        }
        try (var client = new Client(port)) {
            client.ack(1);
            assertEquals(0, client.next(300).length, "what belongs to no transfer is not answered");
        }
    }

    @Test
    void one_address_has_four_transfers_at_once_and_gets_its_place_back() throws Exception {
        var clients = new ArrayList<Client>();
        try {
            for (int i = 0; i < 4; i++) {
                clients.add(new Client(port));
                clients.getLast().ask(1, "small.cfg", "octet");
                assertEquals(3, clients.getLast().next(5_000)[1]);
            }
            try (var fifth = new Client(port)) {
                fifth.ask(1, "small.cfg", "octet");
                assertEquals(0, fifth.next(100).length);
                clients.getFirst().ack(1);
                Eventually.eventually(Duration.ofSeconds(5), () -> {
                    fifth.ask(1, "small.cfg", "octet");
                    return fifth.next(100).length > 0;
                });
            }
        } finally {
            clients.forEach(Client::close);
        }
    }

    @Test
    void a_port_that_is_taken_is_named() {
        var second = new TftpServer(InetAddress.getLoopbackAddress(), port, (_, _, _) -> Optional.empty(), AddressFilter.EVERYBODY, Duration.ofSeconds(1));
        assertTrue(assertThrows(IllegalStateException.class, second::start).getMessage().contains(Integer.toString(port)));
    }
}
