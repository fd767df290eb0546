/**
 * Music on hold: the company's pieces, and which of them who waits hears (contract area moh).
 * Always holds: each piece is a file that the box can play. Never knows who waits.
 */
package gatehouse.music;
