package gatehouse.provisioning;

import gatehouse.phones.Phone;
import gatehouse.phones.PhoneSecrets;
import gatehouse.templates.Line;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets out of files that people read and that the box remembers: the file is rendered with a name in the place of each secret, so
 * that no secret is ever in it, and a keyed digest tells whether the secret is another one since. Thread-safe.
 */
public final class Masks {
    /** What people see instead. */
    static final String HIDDEN = "********";
    static final String CHANGED = HIDDEN + " (changed, hidden)";

    private static final int DIGEST_BYTES = 16;
    /** Characters for private use, which every format takes and no value has by chance. */
    private static final char BEGIN = '\uE000';
    private static final char END = '\uE001';
    private static final Pattern PLACE = Pattern.compile(BEGIN + "([a-z_0-9]+)" + END);

    /** @param marks keyed digests of the secrets, by their names; who has no key learns nothing from them */
    record Masked(Phone phone, Account account, Map<String, String> marks) { }

    private final SecretKeySpec key;

    /** @param key of the box's own */
    public Masks(String key) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** The same phone with names instead of secrets. Its folder is one: who knows it may fetch the files. */
    Masked hide(Phone phone, Account account) {
        var marks = new TreeMap<String, String>();
        var secrets = account.secrets();
        var masked = new Account(account.number(), account.displayName(), place("sip_password", account.sipSecret(), marks),
                new PhoneSecrets(place("web_password", secrets.password(), marks), place("door_password1", secrets.doorPassword1(), marks),
                        place("door_password2", secrets.doorPassword2(), marks)), account.keys(), placed(account.passwords(), marks),
                account.lines().stream().map(line -> new Line(line.place(), line.ipui(), line.extensionNumber(), line.displayName(), line.authName(),
                        place("sip_password_" + line.place(), line.authPassword(), marks))).toList());
        return new Masked(new Phone(phone.id(), phone.userId(), phone.mac(), phone.template(), phone.vendor(), phone.model(),
                place("folder", phone.folder(), marks), phone.settings(), phone.createdAt()), masked, marks);
    }

    private Map<String, String> placed(Map<String, String> passwords, Map<String, String> marks) {
        var placed = new TreeMap<String, String>();
        passwords.forEach((name, password) -> placed.put(name, place(name, password, marks)));
        return placed;
    }

    /** Nothing stays nothing, since templates ask whether there is a secret at all. */
    private String place(String name, String secret, Map<String, String> marks) {
        if (secret.isEmpty()) {
            return "";
        }
        marks.put(name, digest(name + "=" + secret));
        return BEGIN + name + END;
    }

    /** Hex of a digest that nobody can make or check without the box's key. */
    String digest(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), 0, DIGEST_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For people. @param shown what stands for the secret of a name */
    static String shown(String masked, Function<String, String> shown) {
        return PLACE.matcher(masked).replaceAll(place -> shown.apply(place.group(1)).replace("\\", "\\\\").replace("$", "\\$"));
    }
}
