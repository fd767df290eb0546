package gatehouse.redirection;

/**
 * Htek RPS (its page "Htek XML API for RPS"): a phone is led to a server of the account, by that server's name. So each phone has one of its own,
 * named after its MAC and its address, for there is no call that changes a server.
 */
record HtekXml(XmlRpc rpc) implements Redirection {
    HtekXml(Line line) {
        this(new XmlRpc(line, line.access().account(), line.access().secret()));
    }

    @Override
    public void check() throws Refusal {
        rpc.call("redirect.checkDevice", "000000000000");
    }

    @Override
    public void tell(Target target) throws Refusal {
        var state = rpc.call("redirect.checkDevice", target.mac());
        if (state.says("elsewhere")) {
            throw YealinkXml.refused(state);
        }
        var server = "gh-" + target.mac() + "-" + Digests.hex("SHA-256", target.folder()).substring(0, 6);
        var added = rpc.call("redirect.addServer", server, target.folder());
        if (!added.ok() && !added.says("exist")) {
            throw new Refusal(Trouble.REJECTED, added.text());
        }
        var registered = rpc.call("redirect.registerDevice", target.mac(), server);
        if (!registered.ok() && registered.says("existing")) {
            registered = rpc.call("redirect.editDevice", target.mac(), server);
        }
        if (!registered.ok()) {
            throw YealinkXml.refused(registered);
        }
    }

    @Override
    public void forget(String mac) throws Refusal {
        if (!rpc.call("redirect.checkDevice", mac).text().equalsIgnoreCase("registered")) {
            return;
        }
        var gone = rpc.call("redirect.deRegisterDevice", mac);
        if (!gone.ok()) {
            throw YealinkXml.refused(gone);
        }
    }
}
