package gatehouse.microsoft365;

/** Where Microsoft is reached; the contract's words. */
public enum Cloud {
    GLOBAL("https://login.microsoftonline.com", "https://graph.microsoft.com"),
    CHINA("https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn");

    /** @param login without the directory; @param graph without the version */
    public record Endpoints(String login, String graph) { }

    private final Endpoints endpoints;

    Cloud(String login, String graph) {
        endpoints = new Endpoints(login, graph);
    }

    public Endpoints endpoints() {
        return endpoints;
    }
}
