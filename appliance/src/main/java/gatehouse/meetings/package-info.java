/**
 * Conference rooms of the company and meetings of its people (contract areas conference and user).
 * Always holds: each has a number of its own; PINs are sealed; only the owner of a meeting changes it, only who is invited sees it.
 * Never knows how sound and pictures are mixed: that is {@code MeetingEngine}.
 */
package gatehouse.meetings;
