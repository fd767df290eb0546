package gatehouse.api;

import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * Sends files piece by piece on the request's own thread: conditions and ranges of RFC 9110 13 and 14, one range at a time (a request for
 * several gets the whole file, as 14.2 allows). Thread-safe.
 */
final class FileSender {
    private static final int PIECE = 64 << 10;
    private static final int MOST_AT_ONCE = 64; // a quarter of all requests: listeners who stop listening leave room for the others
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    private record Part(long from, long length, boolean whole) { }

    void send(ServerRequest request, ServerResponse response, Answer.Stored stored) {
        if (!places.tryAcquire()) {
            throw new Problem(Code.UNAVAILABLE, "Too many files are being sent at once. Try again in a few seconds.", Map.of("retry_after", 5)).raise();
        }
        try (var in = new FileInputStream(stored.file().toFile())) {
            send(request, response, stored, in, in.getChannel().size());
        } catch (FileNotFoundException gone) {
            throw Problem.notFound("file").raise();
        } catch (IOException e) {
            throw new CloseConnectionException("The file broke off", e); // half an answer must not look whole
        } finally {
            places.release();
        }
    }

    private void send(ServerRequest request, ServerResponse response, Answer.Stored stored, FileInputStream in, long size) throws IOException {
        var etag = "\"" + stored.etag() + "\"";
        response.header(HeaderNames.ETAG, etag).header(HeaderNames.CACHE_CONTROL, "private, no-cache").header(HeaderNames.ACCEPT_RANGES, "bytes");
        if (Arrays.stream(header(request, HeaderNames.IF_NONE_MATCH).split(",")).map(String::strip)
                .anyMatch(given -> given.equals("*") || given.equals(etag) || given.equals("W/" + etag))) {
            response.status(304).send();
            return;
        }
        var part = part(request, etag, size);
        if (part.length == 0 && !part.whole) {
            response.header(HeaderNames.CONTENT_RANGE, "bytes */" + size);
            throw new Problem(Code.RANGE_NOT_SATISFIABLE, "The file has " + size + " bytes; the range lies outside.", Map.of("size", size)).raise();
        }
        response.status(part.whole ? 200 : 206).header(HeaderNames.CONTENT_TYPE, stored.contentType());
        if (!part.whole) {
            response.header(HeaderNames.CONTENT_RANGE, "bytes " + part.from + "-" + (part.from + part.length - 1) + "/" + size);
        }
        response.contentLength(part.length);
        if (Sender.isHead(request) || part.length == 0) {
            response.send();
        } else {
            in.skipNBytes(part.from);
            copy(in, response, part.length);
        }
    }

    /** What to send; no bytes when the range lies outside. A range that is malformed counts as none (14.2). */
    private static Part part(ServerRequest request, String etag, long size) {
        var whole = new Part(0, size, true);
        var onlyIf = header(request, HeaderNames.IF_RANGE);
        var range = RANGE.matcher(header(request, HeaderNames.RANGE));
        if (!request.prologue().method().text().equals("GET") || !onlyIf.isEmpty() && !onlyIf.equals(etag) || !range.matches()) {
            return whole;
        }
        if (range.group(1).isEmpty()) {
            return range.group(2).isEmpty() ? whole : last(Long.parseLong(range.group(2)), size);
        }
        var from = Long.parseLong(range.group(1));
        var to = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
        if (!range.group(2).isEmpty() && to < from) {
            return whole;
        }
        return from >= size ? new Part(0, 0, false) : new Part(from, Math.min(to, size - 1) - from + 1, false);
    }

    private static Part last(long count, long size) {
        var length = Math.min(count, size);
        return new Part(size - length, length, false);
    }

    private static void copy(FileInputStream in, ServerResponse response, long length) throws IOException {
        var piece = new byte[PIECE];
        try (var out = response.outputStream()) {
            for (var left = length; left > 0; ) {
                var count = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (count < 0) {
                    throw new IOException("The file is shorter than it was");
                }
                out.write(piece, 0, count);
                left -= count;
            }
        } catch (RuntimeException clientGone) {
            throw new IOException(clientGone);
        }
    }

    private static String header(ServerRequest request, HeaderName name) {
        return request.headers().first(name).orElse("");
    }
}
