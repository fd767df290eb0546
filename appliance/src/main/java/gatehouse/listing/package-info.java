/**
 * What every list can do: filter, search, orderby, skip and top, checked and turned into SQL with bound arguments, or answered in memory.
 * Always holds: nothing of a request's text becomes SQL; every order is total, so pages neither overlap nor miss. Never knows any capability.
 */
package gatehouse.listing;
