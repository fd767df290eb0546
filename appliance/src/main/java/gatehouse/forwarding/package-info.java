/**
 * Where a call to a user goes: the user's rules by hour, holiday, presence and state of the phones, and whom those rules lead to in turn.
 * Always holds: every way ends, and one that goes round ends in voicemail. Pure: never rings, plays or writes anything.
 */
package gatehouse.forwarding;
