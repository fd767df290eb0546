/**
 * Call queues and their agents (contract area call-queue): callers wait, agents are ready or not, queue by queue.
 * Always holds: an agent's state outlives restarts; OFFLINE and the two kinds of calls are observed and never kept. Never knows registrations or
 * calls: it sees them through {@code Lines} and {@code QueueLive}.
 */
package gatehouse.queues;
