package gatehouse.redirection;

import java.util.Locale;

/** Snom's older redirection service: one call a phone, the MAC in capitals. */
record SnomXml(XmlRpc rpc) implements Redirection {
    SnomXml(Line line) {
        this(new XmlRpc(line, line.access().account(), line.access().secret()));
    }

    @Override
    public void check() throws Refusal {
        rpc.call("redirect.getPhoneRedirection", "000413000000");
    }

    @Override
    public void tell(Target target) throws Refusal {
        var told = rpc.call("redirect.registerPhone", target.mac().toUpperCase(Locale.ROOT), SnomRest.settingServer(target));
        if (!told.ok()) {
            throw new Refusal(told.says("owne") || told.says("another") ? Trouble.TAKEN : Trouble.REJECTED, told.text());
        }
    }

    @Override
    public void forget(String mac) throws Refusal {
        var capitals = mac.toUpperCase(Locale.ROOT);
        if (!rpc.call("redirect.getPhoneRedirection", capitals).ok()) {
            return;
        }
        var gone = rpc.call("redirect.deregisterPhone", capitals);
        if (!gone.ok()) {
            throw new Refusal(Trouble.REJECTED, gone.text());
        }
    }
}
