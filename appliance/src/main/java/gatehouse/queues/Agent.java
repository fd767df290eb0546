package gatehouse.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.hunting.Member;

/** An agent of one queue. */
public record Agent(Member member, AgentState state, AgentStatus status) {
    ObjectNode json() {
        return member.json().put("status", status.name());
    }
}
