/**
 * Tables that people make in a spreadsheet and send as CSV (RFC 4180).
 * Always holds: a table that was read has one cell a column in every row, and knows the line of each. Never knows what a row means.
 */
package gatehouse.tables;
