package gatehouse.calls;

import gatehouse.calls.Directory.Party;
import gatehouse.core.Timers;
import gatehouse.media.Media;
import gatehouse.media.Media.SdpException;
import gatehouse.registrations.Binding;
import gatehouse.sip.CallTaker.Invitation;
import gatehouse.sip.Leg;
import gatehouse.sip.SipEdge;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first half of a call that a program asked for: rings the caller's own phones. The one that answers becomes the caller of a {@link Call}. */
final class Callout implements Ongoing {
    private static final System.Logger LOG = System.getLogger(Callout.class.getName());

    private static final int MAILBOX = 256; // a few phones tell a few things each

    /** What comes in. */
    private sealed interface Mail {
        record FromLeg(Leg.Event event) implements Mail { }

        /** The box stops. */
        record Stop() implements Mail { }

        /** Somebody who may has it ended. */
        record Destroy() implements Mail { }

        /** Nobody answered in time. */
        record TooLong() implements Mail { }
    }

    private final Calls calls;
    private final String id;
    private final Placement placement;
    private final Party caller;
    private final Party callee;
    private final Instant startedAt;
    private final Mailbox<Mail> mailbox = new Mailbox<>(MAILBOX);
    private final List<Leg> branches = new ArrayList<>();
    private final Set<Leg> ringing = new HashSet<>();
    private volatile Call call;
    private String rings = ""; // whose phones, once the caller's own has answered
    private Media.RtpRelay relay;

    Callout(Calls calls, String id, Placement placement, Party caller, Party callee) {
        this.calls = calls;
        this.id = id;
        this.placement = placement;
        this.caller = placement.callerName().map(name -> new Party(caller.number(), name)).orElse(caller);
        this.callee = callee;
        this.startedAt = calls.clock.instant();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public LiveCall live() {
        return new LiveCall(id, caller.number(), caller.displayName(), callee.number(), callee.displayName(), startedAt, Optional.empty());
    }

    @Override
    public boolean involves(String number) {
        return caller.number().equals(number) || callee.number().equals(number);
    }

    @Override
    public void stop() {
        mailbox.post(new Mail.Stop());
    }

    @Override
    public void destroy() {
        mailbox.post(new Mail.Destroy());
    }

    /** The owner's thread, to the end of the call. */
    void run(List<Binding> phones) {
        calls.events.publish(new CallEvent.Started(live()));
        Timers.Timer patience = null;
        try {
            relay = calls.media.relay(this::pressed);
            for (var phone : phones) {
                ring(phone);
            }
            patience = calls.timers.after(calls.ringFor, () -> mailbox.post(new Mail.TooLong()));
            await();
        } catch (Media.PortsExhausted e) {
            LOG.log(Level.ERROR, e.getMessage());
            finish(503, Optional.empty());
        } catch (SdpException e) {
            LOG.log(Level.INFO, "Session " + id + " has no sound we can carry: " + e.getMessage());
            finish(488, Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finish(500, Optional.empty());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Session " + id + " failed and is ended", e);
            finish(500, Optional.empty());
        } finally {
            if (patience != null) {
                patience.cancel();
            }
        }
        if (call != null) {
            call.run(() -> rings.isEmpty() ? List.of() : calls.registrations(rings));
        }
    }

    /** The phone shows whom it is going to call, as if that one called. */
    private void ring(Binding phone) throws SdpException {
        var offer = placement.offers() ? relay.own(Media.Leg.CALLER, Media.PLAIN_SOUND, calls.sip.localAddress(phone.flow())) : "";
        var leg = calls.sip.invite(new SipEdge.Outgoing(phone.contact(), phone.flow(), callee.number(), callee.displayName(), caller.number(), offer,
                placement.toCaller()), event -> mailbox.post(new Mail.FromLeg(event)));
        branches.add(leg);
        ringing.add(leg);
    }

    private void await() throws InterruptedException, SdpException {
        while (call == null) {
            switch (mailbox.overflowed() ? new Mail.Stop() : mailbox.take()) {
                case Mail.Stop() -> {
                    finish(503, Optional.empty());
                    return;
                }
                case Mail.Destroy() -> {
                    finish(487, Optional.of(EndReason.CANCELLED));
                    return;
                }
                case Mail.TooLong() -> {
                    finish(480, Optional.of(EndReason.CANCELLED));
                    return;
                }
                case Mail.FromLeg(Leg.Event.Answered(var leg, var description)) -> answered(leg, description);
                case Mail.FromLeg(Leg.Event.Refused(var leg, var status)) -> {
                    ringing.remove(leg);
                    if (ringing.isEmpty() || status >= 600) {
                        finish(status == 408 || status >= 500 && status < 600 ? 480 : status, Optional.of(EndReason.CALLER_DISCONNECTED));
                        return;
                    }
                }
                case Mail.FromLeg _ -> { }
            }
        }
    }

    private void answered(Leg leg, String description) throws SdpException {
        branches.stream().filter(other -> other != leg).forEach(Leg::end);
        if (!placement.offers()) {
            leg.acknowledge(relay.own(Media.Leg.CALLER, description, leg.localAddress()));
        }
        var established = EstablishedLeg.of(leg);
        var next = next(new Invitation(established, caller.number(), placement.callee(), description), calls.route(caller, callee.number()));
        var told = new ArrayList<Leg.Event>(); // what came meanwhile is for the call
        for (var mail : mailbox.close(late -> handOver(late, next))) {
            if (mail instanceof Mail.FromLeg(var event) && event.leg() == leg) {
                told.add(event);
            } else {
                handOver(mail, next);
            }
        }
        established.earlier(told);
        established.listen(next::on);
        calls.replace(this, next);
        call = next;
    }

    /** By the callee's rules. Where these refuse it, nobody rings, and the caller's phone is told so. */
    private Call next(Invitation invitation, Way way) {
        return switch (way) {
            case Way.Ring ring -> {
                var headers = new HashMap<>(placement.toCallee());
                headers.putAll(ring.headers());
                rings = ring.callee().number();
                yield new Call(calls, id, invitation, placement.callerName().isPresent() ? caller : ring.caller(), ring.callee(), new Before(Optional.of(startedAt),
                        Optional.of(relay), Optional.empty(), placement.userData(), headers, Optional.empty(), Optional.of(ring.atMost()), ring.onward()));
            }
            case Way.Refused(var by, var _) -> new Call(calls, id, invitation, caller, by, new Before(Optional.of(startedAt), Optional.of(relay), Optional.empty(),
                    placement.userData(), placement.toCallee(), Optional.empty()));
        };
    }

    private static void handOver(Mail mail, Call next) {
        switch (mail) {
            case Mail.Stop() -> next.stop();
            case Mail.Destroy() -> next.destroy();
            case Mail.TooLong(), Mail.FromLeg _ -> { } // it was answered; the other phones are ended
        }
    }

    private void pressed(Media.Leg from, char digit) {
        if (call != null) {
            call.pressed(from, digit);
        }
    }

    private void finish(int status, Optional<EndReason> reason) {
        branches.forEach(Leg::end);
        if (relay != null) {
            relay.close();
        }
        calls.ended(this, new CallRecord(branches.isEmpty() ? id : branches.getFirst().callId(), caller.number(), caller.displayName(), callee.number(),
                callee.displayName(), placement.callee(), startedAt, Optional.empty(), Optional.empty(), calls.clock.instant(), status, reason,
                Optional.empty(), placement.userData()));
    }
}
