/**
 * Sound files: what is in a WAV file's header, and whether the box can play it.
 * Always holds: a {@code Wav} is playable as it stands: PCM of 8 or 16 bits or G.711. Never knows where a file lies or who plays it.
 */
package gatehouse.sound;
