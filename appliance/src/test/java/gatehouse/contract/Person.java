package gatehouse.contract;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.voicemail.Mailbox;

/** Somebody with a mailbox of their own, and signed in. */
record Person(String id, ApiClient client) {
    static Person on(Box box, int extension) {
        return new Person(box.user(Integer.toString(extension)), box.stranger().signedIn("user" + extension, "password-" + extension));
    }

    Mailbox mailbox() {
        return new Mailbox.Own(id);
    }
}
