package gatehouse.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.certificates.Certificates;
import gatehouse.mail.MailServer.Auth;
import gatehouse.mail.MailServer.Security;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.SmtpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that speaks SMTP on loopback. */
class SmtpMailerTest {
    private static final MovedClock CLOCK = new MovedClock(Instant.parse("2026-03-04T05:06:07Z"));
    @TempDir
    static Path folder;
    private static SSLContext serverTls;
    private static SSLSocketFactory trusting;

    @BeforeAll
    static void a_server_with_a_certificate_that_the_box_trusts() throws Exception {
        var certificates = new Certificates(folder, "changeit", "mail.test", Clock.systemUTC());
        serverTls = certificates.context();
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        var own = KeyStore.getInstance(certificates.file().toFile(), certificates.password().toCharArray());
        trusted.setCertificateEntry("server", own.getCertificate(own.aliases().nextElement()));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        trusting = context.getSocketFactory();
    }

    private static MailServer server(SmtpServer smtp, Security security, Auth auth, String password) {
        return new MailServer("localhost", smtp.port(), security, auth, "box@box.test", Optional.ofNullable(password), "box@box.test", Optional.empty());
    }

    private static Mail mail(String subject, String text) {
        return new Mail("id1", "", "you@else.test", subject, text, Optional.empty(), List.of());
    }

    private static void send(Mail mail, MailServer server) throws MailFailure {
        try (var mailer = new SmtpMailer(CLOCK, "box.test", trusting)) {
            mailer.send(mail, server);
        }
    }

    @Test
    void a_message_arrives_whole() throws Exception {
        try (var smtp = SmtpServer.start()) {
            var to = new MailServer("localhost", smtp.port(), Security.NONE, Auth.AUTO, "box@box.test", Optional.empty(), "box@box.test",
                    Optional.of("office@box.test"));
            var wav = new byte[] {1, 2, 3};
            send(new Mail("id2", "Zentrale Süd", "you@else.test", "Grüße – und eine sehr lange Betreffzeile, die über eine Zeile hinausgeht 😀",
                    ".starts with a dot\n" + "x".repeat(3_000), Optional.of("<p>Hallo</p>"), List.of(new Mail.Attachment("me\"s\r\nsage.wav", "audio/wav", wav))), to);
            var got = smtp.received().getFirst();
            assertEquals("box@box.test", got.sender());
            assertEquals("Wed, 4 Mar 2026 05:06:07 +0000", got.header("Date"));
            assertEquals("Zentrale Süd <box@box.test>", got.header("From"));
            assertEquals("you@else.test", got.header("To"));
            assertEquals("office@box.test", got.header("Reply-To"));
            assertEquals("<id2@box.test>", got.header("Message-ID"));
            assertEquals("Grüße – und eine sehr lange Betreffzeile, die über eine Zeile hinausgeht 😀", got.header("Subject"));
            assertEquals(".starts with a dot\n" + "x".repeat(3_000), got.text());
            assertEquals("<p>Hallo</p>", got.parts().get("text/html"));
            assertEquals("\1\2\3", got.parts().get("audio/wav"));
            assertTrue(got.data().contains("filename=\"me_s__sage.wav\""), got.data());
            assertTrue(Arrays.stream(got.data().split("\r\n")).allMatch(line -> line.length() <= 78), "no line is too long for RFC 5322");
        }
    }

    @Test
    void a_header_cannot_be_broken_by_what_it_says() throws Exception {
        try (var smtp = SmtpServer.start()) {
            var to = server(smtp, Security.NONE, Auth.AUTO, null);
            send(new Mail("i", "x\"\r\nBcc: b@c.test", "you@else.test", "a\r\nBcc: b", "t", Optional.empty(), List.of()), to);
            send(new Mail("i", "ü\r\nBcc: b@c.test", "you@else.test", "ä\r\n\r\nBcc: b", "t", Optional.empty(), List.of()), to);
            var got = smtp.received();
            assertTrue(got.stream().noneMatch(one -> one.data().contains("\r\nBcc")), got::toString);
            assertEquals(List.of("a Bcc: b", "ä Bcc: b"), got.stream().map(one -> one.header("Subject")).toList());
            assertTrue(assertThrows(MailFailure.class, () -> send(new Mail("i", "", "you@else.test>\r\nDATA", "s", "t", Optional.empty(), List.of()), to)).forGood());
            assertEquals(2, smtp.received().size());
        }
    }

    @Test
    void it_signs_in_by_what_the_server_offers() throws Exception {
        for (var mechanism : List.of("PLAIN", "LOGIN")) {
            try (var smtp = SmtpServer.start().account("box@box.test", "geheim ü").mechanisms(mechanism)) {
                send(mail("s", "t"), server(smtp, Security.NONE, Auth.AUTO, "geheim ü"));
                send(mail("s", "t"), server(smtp, Security.NONE, Auth.valueOf(mechanism), "geheim ü"));
                assertEquals(List.of(Optional.of("box@box.test"), Optional.of("box@box.test")),
                        smtp.received().stream().map(SmtpServer.Received::user).toList());
                var wrong = assertThrows(MailFailure.class, () -> send(mail("s", "t"), server(smtp, Security.NONE, Auth.AUTO, "guess")));
                assertTrue(wrong.getMessage().contains("535") && !wrong.getMessage().contains("guess") && !wrong.forGood(), wrong.getMessage());
            }
        }
        try (var smtp = SmtpServer.start().account("box@box.test", "p").mechanisms("XOAUTH2")) {
            assertTrue(assertThrows(MailFailure.class, () -> send(mail("s", "t"), server(smtp, Security.NONE, Auth.AUTO, "p"))).getMessage()
                    .contains("PLAIN or LOGIN"));
            assertTrue(assertThrows(MailFailure.class, () -> send(mail("s", "t"), server(smtp, Security.NONE, Auth.DISABLE, "p"))).getMessage()
                    .contains("530 sign in first"));
        }
    }

    @Test
    void it_speaks_tls_from_the_start_or_after_starttls() throws Exception {
        try (var smtp = SmtpServer.inTls(serverTls).account("box@box.test", "p")) {
            send(mail("s", "t"), server(smtp, Security.TLS, Auth.AUTO, "p"));
            assertTrue(smtp.received().getFirst().secured());
        }
        try (var smtp = SmtpServer.offeringStartTls(serverTls).account("box@box.test", "p")) {
            send(mail("s", "t"), server(smtp, Security.STARTTLS, Auth.AUTO, "p"));
            assertTrue(smtp.received().getFirst().secured());
        }
    }

    @Test
    void a_server_without_starttls_gets_no_password_and_a_stranger_nothing() {
        try (var smtp = SmtpServer.start().account("box@box.test", "p"); var tls = SmtpServer.inTls(serverTls)) {
            assertTrue(assertThrows(MailFailure.class, () -> send(mail("s", "t"), server(smtp, Security.STARTTLS, Auth.AUTO, "p"))).getMessage()
                    .contains("no STARTTLS"));
            try (var mailer = new SmtpMailer(CLOCK, "box.test", (SSLSocketFactory) SSLSocketFactory.getDefault())) {
                assertThrows(MailFailure.class, () -> mailer.send(mail("s", "t"), server(tls, Security.TLS, Auth.AUTO, "p")), "nobody vouches for it");
            }
            assertEquals(List.of(), tls.received());
        }
    }

    @Test
    void what_cannot_be_helped_is_told_from_what_can() throws Exception {
        try (var smtp = SmtpServer.start()) {
            var to = server(smtp, Security.NONE, Auth.AUTO, null);
            smtp.refuseOnce("RCPT", "550 no such mailbox");
            assertTrue(assertThrows(MailFailure.class, () -> send(mail("s", "t"), to)).forGood());
            smtp.refuseOnce("RCPT", "450 later");
            assertFalse(assertThrows(MailFailure.class, () -> send(mail("s", "t"), to)).forGood());
            smtp.refuseOnce(".", "554 spam");
            assertTrue(assertThrows(MailFailure.class, () -> send(mail("s", "t"), to)).forGood());
            smtp.refuseOnce("MAIL", "550 not this sender");
            assertFalse(assertThrows(MailFailure.class, () -> send(mail("s", "t"), to)).forGood());
            smtp.refuseOnce("QUIT", "500 what");
            send(mail("s", "t"), to);
            assertEquals(1, smtp.received().size());
        }
        var nobody = new MailServer("localhost", FreePorts.one(), Security.NONE, Auth.AUTO, "u@h.test", Optional.empty(), "u@h.test", Optional.empty());
        assertFalse(assertThrows(MailFailure.class, () -> send(mail("s", "t"), nobody)).forGood());
    }

    @Test
    void a_certificate_of_another_name_is_not_trusted() throws Exception {
        for (var security : List.of(Security.TLS, Security.STARTTLS)) {
            try (var smtp = SmtpServer.at(InetAddress.getByName("127.0.0.2"), serverTls, security == Security.TLS)) {
                var to = new MailServer("127.0.0.2", smtp.port(), security, Auth.AUTO, "u@h.test", Optional.of("p"), "u@h.test", Optional.empty());
                var refused = assertThrows(MailFailure.class, () -> send(mail("s", "t"), to));
                assertTrue(!refused.forGood() && refused.getMessage().contains("127.0.0.2 found"), refused.getMessage());
                assertEquals(List.of(), smtp.received());
            }
        }
    }

    @Test
    void a_server_that_says_nothing_takes_nothing_or_says_too_much_is_left() throws Exception {
        assertTrue(against(List.of()).getMessage().contains("Read timed out"));
        var before = Thread.getAllStackTraces().size();
        assertTrue(against(List.of("220 ready", "250 hello", "250 ok", "250 ok", "354 go on")).getMessage().contains("broke off"));
        assertTrue(Thread.getAllStackTraces().size() <= before + 1, "no thread stays behind");
        assertTrue(against(List.of("220 ready", "250-" + "x".repeat(2_000_000))).getMessage().contains("it says too much"));
        assertTrue(against(List.of("220 ready", "554 " + "x".repeat(2_000), "554 " + "\u001b".repeat(9) + "y".repeat(2_000))).getMessage().length() < 700);
    }

    /** How a large message fails with a server that answers so and then neither speaks nor listens. */
    private static MailFailure against(List<String> replies) throws Exception {
        try (var listening = new ServerSocket()) {
            listening.setReceiveBufferSize(8_192);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var held = new CompletableFuture<Socket>();
            Thread.ofVirtual().start(() -> held.completeAsync(() -> answer(listening, replies), Runnable::run));
            var to = new MailServer("localhost", listening.getLocalPort(), Security.NONE, Auth.AUTO, "u@h.test", Optional.empty(), "u@h.test", Optional.empty());
            var large = new Mail("i", "", "you@else.test", "s", "t", Optional.empty(), List.of(new Mail.Attachment("a", "audio/wav", new byte[12_000_000])));
            try (var mailer = new SmtpMailer(CLOCK, "box.test", trusting, 500)) {
                return assertThrows(MailFailure.class, () -> mailer.send(large, to));
            } finally {
                held.get(10, TimeUnit.SECONDS).close();
            }
        }
    }

    private static Socket answer(ServerSocket listening, List<String> replies) {
        try {
            var socket = listening.accept();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (var reply : replies) {
                socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
                if (!reply.startsWith("354")) {
                    in.readLine();
                }
            }
            return socket;
        } catch (IOException clientHungUp) {
            return new Socket();
        }
    }

    @Test
    void closing_breaks_off_what_is_being_sent() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); var mailer = new SmtpMailer(CLOCK, "box.test", trusting)) {
            var to = new MailServer("localhost", silent.getLocalPort(), Security.NONE, Auth.AUTO, "u@h.test", Optional.empty(), "u@h.test", Optional.empty());
            var sending = new FutureTask<>(() -> assertThrows(MailFailure.class, () -> mailer.send(mail("s", "t"), to)));
            Thread.ofVirtual().start(sending);
            try (var taken = silent.accept()) {
                assertTrue(taken.isConnected());
                mailer.close();
                assertFalse(sending.get(10, TimeUnit.SECONDS).forGood());
            }
        }
    }
}
