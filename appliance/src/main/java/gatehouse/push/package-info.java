/**
 * By what the box may wake apps on phones: the accounts of Apple's and Google's push services (contract area push notification).
 * Always holds: keys are sealed, and shown to nobody but who may set them. Never knows calls, and wakes nobody by itself.
 */
package gatehouse.push;
