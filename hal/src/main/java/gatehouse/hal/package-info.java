/**
 * What the box feels and moves: lamp, relays, inputs, serial lines.
 * Always holds: callers see these interfaces only; Pi4J, jSSC and pins stay inside. Never knows doors, calls or HTTP.
 */
package gatehouse.hal;
