package gatehouse.redirection;

import java.net.URI;
import java.util.List;

/**
 * Fanvil FDPS: a phone is led to a group, which holds server, file and protocol; each phone has one of its own. The password goes as the MD5 of
 * its MD5, in hex. What belongs to whom is only told by what can be removed.
 */
record FanvilXml(XmlRpc rpc) implements Redirection {
    private static final String HTTP = "4";
    private static final String HTTPS = "5";
    private static final String AFTER_REBOOT = "1";

    FanvilXml(Line line) {
        this(new XmlRpc(line, line.access().account(), Digests.hex("MD5", Digests.hex("MD5", line.access().secret()))));
    }

    @Override
    public void check() throws Refusal {
        rpc.call("redirect.checkDevice", "000000000000");
    }

    @Override
    public void tell(Target target) throws Refusal {
        forget(target.mac());
        var url = URI.create(target.folder() + target.file());
        var added = rpc.call("redirect.addMaterialServer", List.of("cfgName=" + target.mac(), "cfgPfMode=" + AFTER_REBOOT, "cfgDhcpOpt=false",
                "cfgPnpEnable=false", "cfgPfSrv=" + url.getRawAuthority(), "cfgPfName=" + url.getRawPath().substring(1),
                "cfgPfProt=" + (url.getScheme().equals("https") ? HTTPS : HTTP)));
        if (!added.ok()) {
            throw new Refusal(Trouble.REJECTED, added.text());
        }
        var registered = rpc.call("redirect.registerDevice", target.mac(), target.mac());
        if (!registered.ok()) { // ours is gone by now: what exists still is another's
            throw new Refusal(registered.says("exist") ? Trouble.TAKEN : Trouble.REJECTED, registered.text());
        }
    }

    @Override
    public void forget(String mac) throws Refusal {
        gone(rpc.call("redirect.deRegisterDevice", mac)); // first: a group in use cannot be removed
        gone(rpc.call("redirect.deleteServer", mac));
    }

    private static void gone(XmlRpc.Answer answer) throws Refusal {
        if (!answer.ok() && !answer.says("not_exist")) {
            throw new Refusal(Trouble.REJECTED, answer.text());
        }
    }
}
