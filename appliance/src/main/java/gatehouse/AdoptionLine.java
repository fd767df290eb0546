package gatehouse;

import gatehouse.discovery.Adopting;
import gatehouse.discovery.Adopting.Dialled;
import gatehouse.identity.StarterAccounts;
import gatehouse.phones.Phone;
import gatehouse.phones.Phones;
import gatehouse.registrations.Registrations;
import gatehouse.sip.CallTaker;
import gatehouse.sip.Leg;
import gatehouse.sip.SipEdge;

/** Whom a phone reaches that waits to be adopted: whatever it dials is a PIN or nothing. All other calls go where they always went. */
record AdoptionLine(CallTaker calls, Adopting adopting, Phones phones, Registrations registrations, SipEdge sip) implements CallTaker {
    @Override
    public Leg.Listener invited(Invitation invitation) {
        var mac = StarterAccounts.mac(invitation.from());
        if (mac.isEmpty()) {
            return calls.invited(invitation);
        }
        Thread.ofVirtual().name("adoption-" + mac.get()).start(() -> answer(invitation, mac.get()));
        return _ -> { };
    }

    /** No sound is needed to say it: phones show the words of a refusal. */
    private void answer(Invitation invitation, String mac) {
        switch (adopting.dialled(mac, invitation.destination())) {
            case Dialled.Adopted(var phone, var number) -> {
                invitation.leg().refuse(480, "Adopted as " + number);
                tell(invitation.from(), phone);
            }
            case Dialled.No(var status, var words) -> invitation.leg().refuse(status, words);
        }
    }

    /** It registered with its starter account: there it is told to fetch its files. */
    private void tell(String account, Phone phone) {
        var event = phones.template(phone).resyncEvent();
        if (!event.isEmpty()) {
            registrations.bindings(account).forEach(binding -> sip.tell(new SipEdge.Notice(binding.contact(), binding.flow(), account, event)));
        }
    }
}
