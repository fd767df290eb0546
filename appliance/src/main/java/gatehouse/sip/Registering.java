package gatehouse.sip;

import gatehouse.sip.Registrar.Contact;
import gatehouse.sip.Registrar.Registration;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.UserAgentHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** REGISTER between the wire and the {@link Registrar} (RFC 3261 10.3). */
final class Registering {
    private static final int DEFAULT_EXPIRES = 3600;
    private static final int MOST_CONTACTS = 10;

    private final Stack stack;
    private static final List<String> MAC_HEADERS = List.of("MAC", "Aastra-Mac", "Mitel-Mac");
    private final Registrar registrar;

    Registering(Stack stack, Registrar registrar) {
        this.stack = stack;
        this.registrar = registrar;
    }

    /** @param username what the digest proved */
    Response answer(Request request, String username) throws ParseException, InvalidArgumentException {
        var to = (ToHeader) request.getHeader(ToHeader.NAME);
        if (!(to.getAddress().getURI() instanceof SipURI aor) || !username.equals(aor.getUser())) {
            return stack.response(Response.FORBIDDEN, request); // one registers for oneself alone
        }
        var contacts = contacts(request);
        if (contacts.isEmpty()) {
            return stack.response(Response.BAD_REQUEST, request);
        }
        var outcome = registrar.register(new Registration(username, contacts.get().listed, contacts.get().all, Dialog.callId(request),
                Dialog.cseq(request), agent(request), mac(request), stack.flow(request)));
        return switch (outcome) {
            case Registrar.Outcome.Bound(var bound) -> bound(request, bound);
            case Registrar.Outcome.TooBrief(var least) -> {
                var response = stack.response(Response.INTERVAL_TOO_BRIEF, request);
                response.setHeader(stack.headers.createHeader("Min-Expires", Integer.toString(least)));
                yield response;
            }
            case Registrar.Outcome.TooMany(_) -> stack.response(Response.FORBIDDEN, request);
        };
    }

    /** Yealink and Grandstream say {@code MAC: 00:15:65:aa:bb:cc}, Mitel {@code Aastra-Mac: 00085DAABBCC}. */
    private static String mac(Request request) {
        return MAC_HEADERS.stream().map(request::getHeader).filter(Objects::nonNull)
                .map(header -> header.toString().substring(header.toString().indexOf(':') + 1).replaceAll("[:\\-\\s]", "").toLowerCase(Locale.ROOT))
                .filter(mac -> mac.matches("[0-9a-f]{12}")).findFirst().orElse("");
    }

    /** What a request says that it was made by; empty when it does not. */
    static String agent(Request request) {
        if (!(request.getHeader(UserAgentHeader.NAME) instanceof UserAgentHeader agent)) {
            return "";
        }
        var words = new StringBuilder();
        for (ListIterator<?> parts = agent.getProduct(); parts.hasNext();) {
            words.append(words.isEmpty() ? "" : " ").append(parts.next());
        }
        return words.length() > 200 ? words.substring(0, 200) : words.toString();
    }

    private Response bound(Request request, List<Contact> bound) throws ParseException, InvalidArgumentException {
        var response = stack.response(Response.OK, request);
        for (var contact : bound) {
            var header = stack.headers.createContactHeader(stack.addresses.createAddress(stack.addresses.createURI(contact.uri())));
            header.setExpires(contact.expires());
            if (!contact.instanceId().isEmpty()) {
                header.setParameter("+sip.instance", contact.instanceId());
            }
            response.addHeader(header);
        }
        return response;
    }

    private record Contacts(List<Contact> listed, boolean all) { }

    /** Empty when they break the rules of 10.3. */
    private static Optional<Contacts> contacts(Request request) {
        var expires = request.getHeader(ExpiresHeader.NAME) instanceof ExpiresHeader header ? header.getExpires() : DEFAULT_EXPIRES;
        var listed = new ArrayList<Contact>();
        var all = false;
        for (ListIterator<?> headers = request.getHeaders(ContactHeader.NAME); headers.hasNext();) {
            var header = (ContactHeader) headers.next();
            if (header.isWildCard()) {
                all = true;
            } else if (header.getAddress().getURI() instanceof SipURI uri && listed.size() < MOST_CONTACTS) {
                var instance = header.getParameter("+sip.instance");
                listed.add(new Contact(uri.toString(), header.getExpires() >= 0 ? header.getExpires() : expires, instance == null ? "" : unquoted(instance)));
            } else {
                return Optional.empty();
            }
        }
        return all && (expires != 0 || !listed.isEmpty()) ? Optional.empty() : Optional.of(new Contacts(listed, all));
    }

    private static String unquoted(String text) {
        var bare = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
        return bare.length() > 100 ? bare.substring(0, 100) : bare;
    }
}
