/**
 * How the box is: the status lamp, and the report that page, API and console show.
 * Always holds: the lamp says what the report says. Never knows pins.
 */
package gatehouse.system;
