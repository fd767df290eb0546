package gatehouse.trunks;

/** How trunks are just now; whoever speaks SIP with them provides it. */
@FunctionalInterface
public interface TrunkLive {
    /** The contract's words. ONLINE: calls can come and go, as far as anybody can tell. */
    enum Status { ONLINE, OFFLINE }

    Status status(String trunkId);

    /** While no part of the box registers with providers, no trunk is there to be used. */
    TrunkLive NOBODY_SPEAKS = _ -> Status.OFFLINE;
}
