package gatehouse.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.store.Store.Work;
import gatehouse.testkit.Sounds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.function.Executable;

/** What those who use files lean on, and what goes by itself. */
class FilesTest {
    @TempDir
    Path folder;
    private FilesBench bench;

    @BeforeEach
    void open() {
        bench = new FilesBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private StoredFile upload(String name, int seed) {
        return bench.uploaded(FilesBench.ALICE, name, false, new byte[] {(byte) seed, 1, 2, 3});
    }

    private <T> T write(Work<T> work) {
        return bench.store.write(work);
    }

    private boolean there(StoredFile file) {
        return bench.store.<Boolean>read(tx -> bench.files().find(tx, file.id()).isPresent());
    }

    private static Problem refusal(Executable act) {
        return assertThrows(ProblemException.class, act).problems().getFirst();
    }

    private void use(StoredFile file, String kind, String id) {
        write(tx -> {
            bench.files().use(tx, file.id(), kind, id);
            return null;
        });
    }

    @Test
    void a_file_in_use_stays_until_its_last_user_lets_it_go() {
        var file = upload("prompt.wav", 1);
        use(file, "call queue", "q1");
        use(file, "receptionist", "r1");
        var refused = refusal(() -> bench.files().delete(FilesBench.ADMIN, file.id()));
        assertEquals(Code.CONFLICT, refused.code());
        assertTrue(refused.message().contains("call queue") && refused.message().contains("receptionist"), refused.message());
        write(tx -> {
            bench.files().release(tx, "call queue", "q1");
            bench.files().set(tx, "receptionist", "r1", List.of(""));
            return null;
        });
        bench.files().delete(FilesBench.ADMIN, file.id());
        bench.timers.push(Duration.ZERO);
        assertEquals(Set.of(), bench.inStore());
    }

    @Test
    void to_set_the_files_of_a_user_keeps_some_and_lets_others_go() throws IOException {
        var one = upload("one", 1);
        var two = upload("two", 2);
        var three = upload("three", 3);
        write(tx -> {
            bench.files().set(tx, "call queue", "q1", List.of(one.id(), two.id(), two.id()));
            bench.files().set(tx, "call queue", "q1", List.of(two.id(), three.id()));
            return null;
        });
        bench.files().delete(FilesBench.ADMIN, one.id());
        for (var used : List.of(two, three)) {
            assertEquals(Code.CONFLICT, refusal(() -> bench.files().delete(FilesBench.ADMIN, used.id())).code());
        }
        write(tx -> {
            bench.files().discard(tx, "call queue", "q1");
            return null;
        });
        assertFalse(there(two) || there(three), "discarded, not only released");
        bench.timers.push(Duration.ZERO);
        assertEquals(Set.of(), bench.onDisk());
    }

    @Test
    void a_field_that_names_a_file_is_checked_with_words_for_who_sent_it() throws IOException {
        var text = upload("text", 1);
        var sound = bench.uploaded(FilesBench.ALICE, "hello.wav", false, java.nio.file.Files.readAllBytes(Sounds.wav(folder, 2.0)));
        var gsm = bench.uploaded(FilesBench.ALICE, "gsm.wav", false, java.nio.file.Files.readAllBytes(Sounds.sox(folder, 2.0, "-e", "gsm-full-rate")));
        var picture = bench.uploaded(FilesBench.ALICE, "me.png", false, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0});
        bench.store.read(tx -> {
            assertEquals("unknown", bench.files().check(tx, "prompt_file_id", "no-such").orElseThrow().detail().get("rule"));
            assertEquals(Optional.empty(), bench.files().check(tx, "prompt_file_id", ""));
            assertEquals(Optional.empty(), bench.files().checkSound(tx, "prompt_file_id", sound.id()));
            assertEquals(Duration.ofSeconds(2), bench.files().requireSound(tx, "prompt_file_id", sound.id()).duration().orElseThrow());
            assertTrue(bench.files().checkSound(tx, "prompt_file_id", gsm.id()).orElseThrow().message().contains("GSM"));
            assertEquals("sound", bench.files().checkSound(tx, "prompt_file_id", text.id()).orElseThrow().detail().get("rule"));
            assertEquals("unknown", bench.files().checkSound(tx, "prompt_file_id", "no-such").orElseThrow().detail().get("rule"));
            assertEquals(Optional.empty(), bench.files().checkImage(tx, "avatar_file_id", picture.id()));
            assertTrue(bench.files().checkImage(tx, "avatar_file_id", sound.id()).orElseThrow().message().contains("audio/wav"));
            return null;
        });
        assertEquals("unknown", refusal(() -> bench.store.read(tx -> bench.files().require(tx, "file_id", "no-such"))).detail().get("rule"));
        assertEquals("sound", refusal(() -> bench.store.read(tx -> bench.files().requireSound(tx, "file_id", text.id()))).detail().get("rule"));
    }

    @Test
    void answers_get_name_size_and_address_beside_each_id() {
        var file = upload("one", 1);
        var bodies = List.<ObjectNode>of(Json.object().put("intro_file_id", file.id()), Json.object().put("intro_file_id", "gone"), Json.object());
        bench.files().describe(bodies, "intro_");
        assertEquals("one", bodies.getFirst().get("intro_file_name").asText());
        assertEquals(4, bodies.getFirst().get("intro_file_size").asInt());
        assertEquals("/blobs/" + file.digest(), bodies.getFirst().get("intro_file_url").asText());
        assertFalse(bodies.get(1).has("intro_file_url"));
    }

    @Test
    void what_the_box_made_is_nobodys_to_list_or_to_use() throws IOException {
        var made = bench.files().draft();
        java.nio.file.Files.copy(Sounds.wav(folder, 1.5), made);
        var file = bench.files().keep(made, "message.wav", (tx, kept) -> {
            bench.files().use(tx, kept.id(), "voicemail", "v1");
            return kept;
        });
        assertFalse(java.nio.file.Files.exists(made));
        assertEquals(Duration.ofMillis(1_500), file.duration().orElseThrow());
        assertEquals("audio/wav", file.mediaType());
        assertEquals(0, bench.files().page(FileStore.LISTING.all()).count());
        assertTrue(bench.store.<Boolean>read(tx -> bench.files().check(tx, "file_id", file.id()).isPresent()));
        assertEquals(Code.NOT_FOUND, refusal(() -> bench.files().delete(FilesBench.ADMIN, file.id())).code());
    }

    @Test
    void what_is_kept_for_nobody_goes_with_the_next_sweep() throws IOException {
        var elsewhere = Sounds.wav(folder, 0.1);
        var file = bench.files().keep(elsewhere, "recording.wav", (_, kept) -> kept);
        assertFalse(java.nio.file.Files.exists(elsewhere));
        bench.sweep();
        assertFalse(there(file));
        assertEquals(Set.of(), bench.onDisk());
    }

    @Test
    void files_that_nothing_uses_go_after_a_while_and_temporary_ones_sooner() {
        var temporary = bench.uploaded(FilesBench.ALICE, "t", true, new byte[] {1});
        var used = bench.uploaded(FilesBench.ALICE, "u", true, new byte[] {2});
        var lasting = bench.uploaded(FilesBench.ALICE, "l", false, new byte[] {3});
        use(used, "call queue", "q1");
        bench.clock.move(Duration.ofDays(29));
        bench.sweep();
        assertTrue(there(temporary) && there(used) && there(lasting));
        bench.clock.move(Duration.ofDays(2));
        bench.sweep();
        assertTrue(!there(temporary) && there(used) && there(lasting));
        write(tx -> {
            bench.files().release(tx, "call queue", "q1");
            return null;
        });
        bench.clock.move(Duration.ofDays(60));
        bench.sweep();
        assertTrue(!there(used) && !there(lasting));
        assertEquals(Set.of(), bench.inStore());
    }

    @Test
    void an_upload_that_nobody_goes_on_with_ends_after_a_day() throws IOException {
        var left = bench.uploads().begin(FilesBench.ALICE, "x", false);
        bench.uploads().append(FilesBench.ALICE, left.id(), left.token(), Optional.empty(), FilesBench.body(new byte[100]));
        bench.clock.move(Duration.ofHours(23));
        var going = bench.uploads().begin(FilesBench.BOB, "y", false);
        bench.uploads().append(FilesBench.BOB, going.id(), going.token(), Optional.empty(), FilesBench.body(new byte[100]));
        bench.sweep();
        assertEquals(Set.of(left.id(), going.id()), bench.drafts());
        bench.clock.move(Duration.ofHours(2));
        bench.sweep();
        assertEquals(Set.of(going.id()), bench.drafts());
        assertEquals(Code.NOT_FOUND, refusal(() -> bench.uploads().received(FilesBench.ALICE, left.id())).code());
        assertEquals(100, bench.uploads().received(FilesBench.BOB, going.id()));
    }

    @Test
    void the_sweep_comes_by_itself_and_again() {
        bench.uploads().begin(FilesBench.ALICE, "x", false);
        bench.clock.move(Duration.ofHours(25));
        bench.timers.push(Duration.ofMinutes(1));
        assertEquals(0, bench.store.read(tx -> tx.one("SELECT count(*) AS n FROM uploads", row -> row.getInt("n"))).orElseThrow());
        bench.uploads().begin(FilesBench.ALICE, "y", false);
        bench.clock.move(Duration.ofHours(25));
        bench.timers.push(Duration.ofHours(1));
        assertEquals(0, bench.store.read(tx -> tx.one("SELECT count(*) AS n FROM uploads", row -> row.getInt("n"))).orElseThrow());
    }

    @Test
    void a_user_who_goes_takes_uploads_along_and_leaves_files_to_those_who_use_them() throws IOException {
        var begun = bench.uploads().begin(FilesBench.ALICE, "x", false);
        bench.uploads().append(FilesBench.ALICE, begun.id(), begun.token(), Optional.empty(), FilesBench.body(new byte[100]));
        var file = upload("one", 1);
        use(file, "call queue", "q1");
        write(tx -> tx.run("DELETE FROM users WHERE id = 'alice-id'"));
        bench.sweep();
        assertEquals(Set.of(), bench.drafts().stream().filter(begun.id()::equals).collect(java.util.stream.Collectors.toSet()));
        assertTrue(there(file));
    }

    @Test
    void a_disk_that_is_nearly_full_takes_no_more() {
        bench.close();
        var disk = new FaultyDisk(FaultyDisk.Fault.FAILS, 0);
        bench = new FilesBench(folder, disk);
        disk.room((256L << 20) + 50);
        var begun = bench.uploads().begin(FilesBench.ALICE, "x", false);
        var refused = refusal(() -> bench.uploads().append(FilesBench.ALICE, begun.id(), begun.token(), Optional.empty(), FilesBench.body(new byte[100])));
        assertEquals(Code.UNAVAILABLE, refused.code());
        assertTrue(refused.message().contains("nearly full"), refused.message());
        disk.room(1L << 30);
        bench.uploads().append(FilesBench.ALICE, begun.id(), begun.token(), Optional.empty(), FilesBench.body(new byte[100]));
    }

    @Test
    void a_disk_that_fills_up_on_the_way_ends_an_append_early() {
        bench.close();
        var disk = new FaultyDisk(FaultyDisk.Fault.FAILS, 0);
        bench = new FilesBench(folder, disk);
        var begun = bench.uploads().begin(FilesBench.ALICE, "x", false);
        var endless = new InputStream() {
            private long sent;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] piece, int from, int count) {
                sent += count;
                if (sent > 10 << 20) {
                    disk.room(0);
                }
                return count;
            }
        };
        var refused = refusal(() -> bench.uploads().append(FilesBench.ALICE, begun.id(), begun.token(), Optional.empty(),
                new Uploads.Body(endless, OptionalLong.empty())));
        assertEquals(Code.UNAVAILABLE, refused.code());
        assertTrue(BlobFolder.size(folder.resolve("uploads").resolve(begun.id())) < 20 << 20);
    }

    @Test
    void one_user_cannot_fill_the_disk_with_what_nobody_needs() {
        write(tx -> tx.run("""
                INSERT INTO uploads (id, token_hash, owner, name, temporary, received, touched_at) VALUES ('large', x'00', 'alice-id', 'x', 0, ?, 0)""",
                (500L << 20) - 50));
        var begun = bench.uploads().begin(FilesBench.ALICE, "x", false);
        var refused = refusal(() -> bench.uploads().append(FilesBench.ALICE, begun.id(), begun.token(), Optional.empty(), FilesBench.body(new byte[100])));
        assertEquals(Code.PAYLOAD_TOO_LARGE, refused.code());
        assertEquals(50L, refused.detail().get("limit"));
        assertEquals(40, bench.uploads().append(FilesBench.ALICE, begun.id(), begun.token(), Optional.empty(), FilesBench.body(new byte[40])).received());
        bench.uploads().complete(FilesBench.ALICE, begun.id(), begun.token(), Optional.empty(), FilesBench.nothing());
        bench.uploaded(FilesBench.BOB, "another's", false, new byte[1_000]);
    }

    @Test
    void a_body_that_comes_too_slowly_is_cut_off_and_what_came_is_kept() {
        var begun = bench.uploads().begin(FilesBench.ALICE, "x", false);
        var slow = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] piece, int from, int count) {
                bench.nanos.addAndGet(Duration.ofSeconds(29).toNanos()); // a byte before each timeout of the socket
                return 1;
            }
        };
        var ended = bench.uploads().append(FilesBench.ALICE, begun.id(), begun.token(), Optional.empty(), new Uploads.Body(slow, OptionalLong.of(1_000)));
        assertEquals(new Uploads.Appended.BrokeOff(22), ended);
        assertEquals(22, bench.uploads().received(FilesBench.ALICE, begun.id()));
    }

    @Test
    void kinds_of_files_are_told_by_their_first_bytes() throws IOException {
        var png = "\u0089PNG\r\n\u001a\n....".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        for (var kind : List.of(List.of("image/png", new String(png, java.nio.charset.StandardCharsets.ISO_8859_1)), List.of("image/webp", "RIFF....WEBPVP8 "),
                List.of("image/jpeg", "\u00ff\u00d8\u00ff\u00e0"), List.of("application/pdf", "%PDF-1.7"), List.of("audio/mpeg", "ID3\u0004"),
                List.of("application/octet-stream", "<svg xmlns="), List.of("application/octet-stream", "R"), List.of("audio/wav", "RIFF....WAVE"))) {
            var file = java.nio.file.Files.write(folder.resolve("probe"), kind.getLast().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertEquals(kind.getFirst(), Content.of(file).mediaType());
            assertTrue(Content.of(file).soundFault().isPresent());
        }
    }
}
