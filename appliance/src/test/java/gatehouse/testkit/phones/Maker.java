package gatehouse.testkit.phones;

import gatehouse.testkit.ProvisionedAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How one maker's phones behave from power to registration, as their documentation and public captures have it. In texts, {@code {mac}},
 * {@code {MAC}}, {@code {colons}} and {@code {dashes}} stand for the MAC as these phones spell it.
 *
 * @param name    of the model that is played
 * @param agent   its HTTP User-Agent
 * @param way     how it comes to know where its files are, fresh from its box
 * @param asks    the files it asks for, in order; some are not there
 * @param follows names or addresses of further files within a file, as group 1; null when it follows none
 * @param memory  how it finds out that a file is what it has
 * @param format  of the file with its account
 * @param account the keys in that file
 * @param proves  whether it makes who sends it a NOTIFY prove the account's password
 * @param logs    what it puts into its folder once it is up
 */
public record Maker(String name, String template, String model, String agent, Way way, List<String> asks, Pattern follows, Memory memory, FileFormat format,
                    Account account, boolean proves, List<String> logs) {
    /** Fresh from its box, a phone learns where its files are… */
    public enum Way {
        /** … by asking its network (RFC 6080), as Snom writes it. */
        PNP_SNOM,
        /** … by asking its network, as Yealink and its like write it. */
        PNP_YEALINK,
        /** … from DHCP option 66, an address over HTTP. */
        DHCP_HTTP,
        /** … from DHCP option 66 or 150, a server over TFTP. */
        DHCP_TFTP
    }

    /** What goes with a request for a file that the phone has. */
    public enum Memory {
        /** Nothing: the phone compares digests of its own, and restarts when they differ. */
        OWN_DIGEST,
        /** {@code If-None-Match}. */
        TAG,
        /** {@code If-Modified-Since}. */
        TIME
    }

    /** Keys of the account in its file. @param port empty when it stands in {@code proxy} after a colon */
    public record Account(String user, String authUser, String secret, String domain, String proxy, String port) { }

    String filled(String text, String mac) {
        return text.replace("{mac}", mac).replace("{MAC}", mac.toUpperCase(Locale.ROOT)).replace("{colons}", mac.replaceAll("(..)(?!$)", "$1:"))
                .replace("{dashes}", mac.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1-"));
    }

    /** Addresses or names of files that a file leads to. */
    List<String> further(String text) {
        return follows == null ? List.of() : new ArrayList<>(follows.matcher(text).results().map(MatchResult::group).map(found -> {
            var name = follows.matcher(found);
            name.find();
            return name.group(1);
        }).toList());
    }

    /** The account, read by the rules of the phone's own format; null when this file has none. */
    ProvisionedAccount accountIn(String text) {
        var values = format.read(text);
        if (!values.containsKey(account.secret)) {
            return null;
        }
        var proxy = values.get(account.proxy).split("[:;]");
        return new ProvisionedAccount(proxy[0], Integer.parseInt(account.port.isEmpty() ? proxy[1] : values.get(account.port)), "udp",
                values.get(account.domain).split(":")[0], values.get(account.user), values.get(account.authUser), values.get(account.secret), "");
    }

    @Override
    public String toString() {
        return name;
    }
}
