package gatehouse.topics;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A message to subscribers. @param number the extension or queue it is about; empty when the topic has no such choice */
record Notice(Topic topic, String number, ObjectNode body) {
}
