package gatehouse.queues;

import gatehouse.core.Event;

/** What others may hear of queues; their settings are told as {@link gatehouse.resources.ResourceEvent}. */
public sealed interface QueueEvent extends Event {
    String queueId();

    /** Others are agents now, or in another order. */
    record AgentsChanged(String queueId, String queueNumber) implements QueueEvent { }

    /** An agent chose a state, or its phone came, went, or took up a call: {@code status} is what holds now. */
    record AgentStatusChanged(String queueId, String queueNumber, String extensionNumber, AgentStatus status) implements QueueEvent { }
}
