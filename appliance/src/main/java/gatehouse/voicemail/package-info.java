/**
 * Voicemail: messages of users and of shared mailboxes, their greetings, and the server's settings (contract areas voicemail, shared-voicemail).
 * Always holds: a message has its sound; at most one greeting of a mailbox is enabled; nobody hears another's. Never knows how a caller was recorded.
 */
package gatehouse.voicemail;
