/**
 * Hours of a week, as companies, users and services are open by them.
 * Always holds: a week that was made is in order. Never knows whose hours they are, or what day it is.
 */
package gatehouse.hours;
