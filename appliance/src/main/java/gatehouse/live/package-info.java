/**
 * What happens, as it happens, to whoever listens: one stream of small JSON events.
 * Always holds: a slow listener loses its stream, not the box its memory. Never knows who draws what from it.
 */
package gatehouse.live;
