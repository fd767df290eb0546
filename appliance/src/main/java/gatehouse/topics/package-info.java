/**
 * What happens, over a WebSocket, by the topics that existing clients of this API family subscribe to: extensions, calls, queues.
 * Always holds: nothing is told before a sign-in, nor after it has ended; a subscription begins with how things are now.
 * Never knows how a WebSocket carries a message.
 */
package gatehouse.topics;
