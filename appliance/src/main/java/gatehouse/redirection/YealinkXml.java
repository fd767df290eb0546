package gatehouse.redirection;

/** Yealink RPS by user name and password (its XML API, version 1.3, and registerDeviceWithUniqueUrl, which came later). */
record YealinkXml(XmlRpc rpc, String server) implements Redirection {
    YealinkXml(Line line) {
        this(new XmlRpc(line, line.access().account(), line.access().secret()), line.sharedName());
    }

    @Override
    public void check() throws Refusal {
        rpc.call("redirect.checkDevice", "000000000000"); // whatever it says of that, it let us in
    }

    @Override
    public void tell(Target target) throws Refusal {
        owned(target.mac());
        var added = rpc.call("redirect.addServer", server, target.starter());
        if (!added.ok() && !added.says("exist")) {
            throw new Refusal(Trouble.REJECTED, added.text());
        }
        // The last one would override somebody else's registration too; that it is nobody else's was asked first.
        var registered = rpc.call("redirect.registerDeviceWithUniqueUrl", target.mac(), server, target.folder(), "1");
        if (!registered.ok()) {
            throw refused(registered);
        }
    }

    /** Whether this account has the phone. */
    private boolean owned(String mac) throws Refusal {
        var state = rpc.call("redirect.checkDevice", mac);
        if (state.says("elsewhere") || state.says("invalid")) {
            throw refused(state);
        }
        return state.text().equalsIgnoreCase("registered");
    }

    static Refusal refused(XmlRpc.Answer answer) {
        return new Refusal(answer.says("elsewhere") || answer.says("override") ? Trouble.TAKEN : Trouble.REJECTED, answer.text());
    }

    @Override
    public void forget(String mac) throws Refusal {
        try {
            if (!owned(mac)) {
                return;
            }
        } catch (Refusal e) {
            if (e.trouble() == Trouble.TAKEN) {
                return;
            }
            throw e;
        }
        var gone = rpc.call("redirect.deRegisterDevice", mac);
        if (!gone.ok()) {
            throw refused(gone);
        }
    }
}
