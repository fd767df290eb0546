package gatehouse.sip;

import gatehouse.core.Ids;
import gov.nist.javax.sip.header.ExtensionHeaderImpl;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.URI;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.Header;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** NOTIFY outside of any dialog, as phones take it for "fetch your files". A challenge is answered with the account the
 * phone has; where a user has several phones with a password each, one after the other is tried. Thread-safe. */
final class Notifying {
    private static final System.Logger LOG = System.getLogger(Notifying.class.getName());

    private static final int MOST_ANSWERS = 6; // a user with that many phones; none of them locks anybody out after so few
    private static final Pattern EVENT = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]+( *;.*)?");

    private final Stack stack;
    private final DigestSecrets secrets;
    private final String domain;
    private final Ids ids;

    Notifying(Stack stack, DigestSecrets secrets, String domain, Ids ids) {
        this.stack = stack;
        this.secrets = secrets;
        this.domain = domain;
        this.ids = ids;
    }

    /** The final status; 408 when nobody answered, 503 when the way is gone. */
    CompletableFuture<Integer> send(SipEdge.Notice notice) {
        var waiting = new Waiting(notice, ids.next() + "@" + domain, ids.text(13));
        waiting.send(1, Optional.empty());
        return waiting.outcome;
    }

    /** One notice until its final answer; the client transaction carries it. */
    final class Waiting {
        private final SipEdge.Notice notice;
        private final String callId;
        private final String tag;
        private final CompletableFuture<Integer> outcome = new CompletableFuture<>();
        private int answered; // challenges

        private Waiting(SipEdge.Notice notice, String callId, String tag) {
            this.notice = notice;
            this.callId = callId;
            this.tag = tag;
        }

        private void send(long sequence, Optional<AuthorizationHeader> credentials) {
            try {
                var request = request(sequence);
                credentials.ifPresent(request::setHeader);
                var transaction = stack.provider.getNewClientTransaction(request);
                transaction.setApplicationData(this);
                transaction.sendRequest();
            } catch (SipException | ParseException | InvalidArgumentException e) {
                LOG.log(Level.INFO, "A NOTIFY to " + notice.number() + " could not be sent: " + e.getMessage());
                outcome.complete(Response.SERVICE_UNAVAILABLE);
            }
        }

        private Request request(long sequence) throws ParseException, InvalidArgumentException {
            var from = stack.addresses.createAddress(stack.addresses.createSipURI("gatehouse", domain));
            var to = stack.addresses.createAddress(stack.addresses.createSipURI(notice.number(), domain));
            CallIdHeader call = stack.headers.createCallIdHeader(callId);
            var request = stack.messages.createRequest(target(), Request.NOTIFY, call, stack.headers.createCSeqHeader(sequence, Request.NOTIFY),
                    stack.headers.createFromHeader(from, tag), stack.headers.createToHeader(to, null), stack.via(notice.flow()),
                    stack.headers.createMaxForwardsHeader(70));
            request.setHeader(stack.contact(notice.flow()));
            request.setHeader(event());
            request.setHeader(stack.headers.createHeader("Subscription-State", "terminated"));
            request.setHeader(stack.headers.createUserAgentHeader(stack.agent()));
            Stack.over(notice.flow(), request);
            return request;
        }

        /** Some phones wait for a word that is no event of RFC 6665, such as {@code reboot=true}; it goes out as it is. */
        private Header event() throws ParseException {
            if (EVENT.matcher(notice.event()).matches()) {
                return stack.headers.createHeader("Event", notice.event());
            }
            var plain = new ExtensionHeaderImpl("Event");
            plain.setValue(notice.event());
            return plain;
        }

        private URI target() throws ParseException {
            return stack.addresses.createURI(notice.contact());
        }

        void timedOut() {
            outcome.complete(Response.REQUEST_TIMEOUT);
        }

        synchronized void responded(Response response) {
            var status = response.getStatusCode();
            if (status < 200) {
                return;
            }
            var credentials = status == Response.UNAUTHORIZED || status == Response.PROXY_AUTHENTICATION_REQUIRED ? credentials(response)
                    : Optional.<AuthorizationHeader>empty();
            if (credentials.isEmpty()) {
                outcome.complete(status);
            } else {
                send(1 + ++answered, credentials); // a new transaction of the same call (RFC 3261 8.1.3.5)
            }
        }

        private Optional<AuthorizationHeader> credentials(Response response) {
            var secret = secrets.secretsOf(notice.number()).stream().limit(MOST_ANSWERS).skip(answered).findFirst();
            var isProxy = response.getStatusCode() == Response.PROXY_AUTHENTICATION_REQUIRED;
            for (ListIterator<?> challenges = response.getHeaders(isProxy ? ProxyAuthenticateHeader.NAME : WWWAuthenticateHeader.NAME); challenges.hasNext();) {
                var challenge = (WWWAuthenticateHeader) challenges.next();
                if (secret.isPresent() && isKnown(challenge)) {
                    return credentials(challenge, isProxy, secret.get());
                }
            }
            return Optional.empty();
        }

        private static boolean isKnown(WWWAuthenticateHeader challenge) {
            var algorithm = challenge.getAlgorithm() == null ? "MD5" : challenge.getAlgorithm().toUpperCase(Locale.ROOT);
            return "Digest".equalsIgnoreCase(challenge.getScheme()) && (algorithm.equals("MD5") || algorithm.equals("SHA-256"))
                    && challenge.getRealm() != null && challenge.getNonce() != null;
        }

        /** RFC 3261 22.4. */
        private Optional<AuthorizationHeader> credentials(WWWAuthenticateHeader challenge, boolean isProxy, String secret) {
            try {
                var algorithm = challenge.getAlgorithm() == null ? "MD5" : challenge.getAlgorithm();
                var qop = challenge.getQop() == null ? "" : "auth";
                var cnonce = ids.text(16);
                var header = isProxy ? stack.headers.createProxyAuthorizationHeader("Digest") : stack.headers.createAuthorizationHeader("Digest");
                header.setUsername(notice.number());
                header.setRealm(challenge.getRealm());
                header.setNonce(challenge.getNonce());
                header.setURI(target());
                header.setAlgorithm(algorithm);
                if (!qop.isEmpty()) {
                    header.setQop(qop);
                    header.setCNonce(cnonce);
                    header.setNonceCount(1);
                }
                if (challenge.getOpaque() != null) {
                    header.setOpaque(challenge.getOpaque());
                }
                header.setResponse(Digest.response(new Digest.Credentials(notice.number(), challenge.getRealm(), challenge.getNonce(), target().toString(), "",
                        algorithm, qop, cnonce, "00000001"), Request.NOTIFY, secret));
                return Optional.of(header);
            } catch (ParseException e) {
                LOG.log(Level.INFO, "A challenge to a NOTIFY to " + notice.number() + " cannot be answered: " + e.getMessage());
                return Optional.empty();
            }
        }
    }
}
