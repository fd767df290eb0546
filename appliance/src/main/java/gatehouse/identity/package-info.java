/**
 * What a phone has shown that it is – its MAC, a PIN, its folder, its maker's certificate – and whether that is enough for its secrets.
 * Always holds: who shows less than the administrator asks for gets no file with a secret, and a second place is told. Never knows what
 * stands in a file, and nothing of HTTP.
 */
package gatehouse.identity;
