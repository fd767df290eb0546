package gatehouse.redirection;

/**
 * A maker's redirect service, as this box speaks to it. Each call blocks for a minute at most; thread-safe, though the box makes one call at a
 * time. Doing the same again changes nothing, so that what a power cut left in doubt is simply done again.
 */
sealed interface Redirection permits YealinkXml, YealinkKeyed, YealinkCloud, SnomRest, SnomXml, GrandstreamCloud, FanvilXml, HtekXml {
    /** Whether the credentials open it; changes nothing there. */
    void check() throws Refusal;

    /** Leads a phone to {@code target}, unless somebody else has it there: that is {@link Trouble#TAKEN}. */
    void tell(Target target) throws Refusal;

    /** Leads a phone nowhere any more; one that the account does not have is left as it is. */
    void forget(String mac) throws Refusal;

    static Redirection of(Line line) {
        return switch (line.access().service()) {
            case YEALINK_RPS -> new YealinkKeyed(line);
            case YEALINK_RPS_XML -> new YealinkXml(line);
            case YEALINK_YMCS -> new YealinkCloud(line, new Token(line.clock()));
            case SNOM_SRAPS -> new SnomRest(line);
            case SNOM_XML -> new SnomXml(line);
            case GRANDSTREAM_GDMS -> new GrandstreamCloud(line, new Token(line.clock()));
            case FANVIL_FDPS -> new FanvilXml(line);
            case HTEK_RPS -> new HtekXml(line);
        };
    }
}
