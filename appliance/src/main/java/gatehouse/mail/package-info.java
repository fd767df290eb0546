/**
 * An edge: hands messages to a mail server by SMTP (RFC 5321, 4954, 3207), as MIME (RFC 5322, 2045), with Angus Mail.
 * Always holds: a password crosses a connection in clear only where the settings turned TLS off; a server's certificate is checked.
 * Never knows why a message is sent, nor keeps one.
 */
package gatehouse.mail;
