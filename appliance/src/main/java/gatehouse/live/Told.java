package gatehouse.live;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An event as it is sent, and who may hear it. */
record Told(ObjectNode body, Audience audience) {
}
