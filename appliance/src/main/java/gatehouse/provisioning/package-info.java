/**
 * Serves each phone its rendered files, and nobody else.
 * Always holds: an unknown folder, a wrong file and a wrong phone look the same from outside. Never knows people's passwords.
 */
package gatehouse.provisioning;
