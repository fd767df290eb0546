/**
 * Text messages by SMS and WhatsApp: the channels, what came and went by them (contract areas sms, whatsapp, external message).
 * Always holds: a message that a provider did not take says so and why; a webhook's address cannot be guessed; secrets are sealed.
 * Never knows calls; a channel names the trunk whose provider it is of.
 */
package gatehouse.messaging;
