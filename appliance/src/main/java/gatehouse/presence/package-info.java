/**
 * Whether somebody can be reached, and what they say of it: put together from registrations, calls and the user's settings.
 * Always holds: presence and do not disturb never contradict each other; every change is told once. Never knows how phones register or call.
 */
package gatehouse.presence;
