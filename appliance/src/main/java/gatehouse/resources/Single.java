package gatehouse.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.ProblemException;
import gatehouse.store.Store.Tx;

/** A kind of which there is exactly one: the settings of a service. Made with its defaults at the first start. Thread-safe. */
public final class Single {
    private static final Actor BOX = new Actor("gatehouse", "SYSTEM", "");

    private final Resources resources;

    /** @param defaults what it is until somebody changes it; an extension number that is taken already is left out */
    public Single(Resources resources, ObjectNode defaults) {
        this.resources = resources;
        if (resources.all(Resources.COMPANY).isEmpty()) {
            create(defaults);
        }
    }

    private void create(ObjectNode defaults) {
        try {
            resources.create(BOX, Resources.COMPANY, defaults);
        } catch (ProblemException numberTaken) {
            resources.create(BOX, Resources.COMPANY, defaults.deepCopy().putNull("extension_number"));
        }
    }

    public Resource get() {
        return resources.all(Resources.COMPANY).getFirst();
    }

    public Resource get(Tx tx) {
        return resources.all(tx, Resources.COMPANY).getFirst();
    }

    public void update(Actor actor, ObjectNode changes) {
        resources.write(tx -> resources.update(tx, actor, Resources.COMPANY, get(tx).id(), changes));
    }
}
