/**
 * Mail from the box: by which server it leaves, what is told to whom, and an outbox that loses nothing (contract area notification).
 * Always holds: a message is in the outbox until a server has taken it, or a day has passed and the audit log says so; passwords and
 * messages are sealed at rest; nothing is sent before somebody has set up a server. Never knows SMTP.
 */
package gatehouse.notifications;
