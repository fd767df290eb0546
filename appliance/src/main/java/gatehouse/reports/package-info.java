/**
 * Reports on calls (contract area call-report): what is to be reported and when, and the files that came of it.
 * Always holds: one report is written at a time, of a bounded number of records; a report that a stop cut off is written anew at the next start.
 * Never knows how a call went but from its record.
 */
package gatehouse.reports;
