package gatehouse.calls;

import gatehouse.sip.Leg;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A leg without a wire: notes what is asked of it, tells what the test says, and by itself answers each re-INVITE. */
final class ScriptedLeg implements Leg {
    static final String SOUND = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
    private static final int SILENT = 0;
    private static final int OK = 200;

    private final String name;
    private final List<String> asked = new ArrayList<>();
    private final List<String> origins = new ArrayList<>();
    private Listener owner;
    private int answer = OK;

    ScriptedLeg(String name) {
        this.name = name;
    }

    /** From now on re-INVITEs are refused with that. */
    synchronized void refusing(int status) {
        answer = status;
    }

    /** From now on re-INVITEs are not answered. */
    synchronized void silent() {
        answer = SILENT;
    }

    synchronized void accepting() {
        answer = OK;
    }

    synchronized void tell(Event event) {
        owner.on(event);
    }

    /** What was asked of it, oldest first. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** The o= line of each description it was sent, split at the blanks. */
    synchronized List<String[]> origins() {
        return origins.stream().map(line -> line.split(" ")).toList();
    }

    private synchronized void described(String sessionDescription) {
        origins.add(sessionDescription.lines().filter(line -> line.startsWith("o=")).findFirst().orElseThrow());
    }

    private synchronized void note(String what) {
        asked.add(what);
    }

    @Override
    public String callId() {
        return name;
    }

    @Override
    public InetAddress localAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void ringing(Optional<String> sessionDescription) {
        note("ringing");
    }

    @Override
    public void answer(String sessionDescription) {
        described(sessionDescription);
        note("answer");
    }

    @Override
    public void refuse(int status, String words) {
        note("refuse " + status);
    }

    @Override
    public synchronized void reinvite(String sessionDescription) {
        described(sessionDescription);
        note("reinvite");
        if (answer == OK) {
            owner.on(new Event.Answered(this, SOUND));
        } else if (answer != SILENT) {
            owner.on(new Event.Refused(this, answer));
        }
    }

    @Override
    public void acknowledge(String sessionDescription) {
        note("acknowledge");
    }

    @Override
    public synchronized void listen(Listener listener) {
        owner = listener;
    }

    @Override
    public void referred(int status) {
        note("referred " + status);
    }

    @Override
    public void end() {
        note("end");
    }
}
