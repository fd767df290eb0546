/**
 * The one SQLite database: transactions, migrations, and nothing about what is kept in it.
 * Always holds: one writer; statements are prepared; foreign keys are on. Never knows any capability.
 */
package gatehouse.store;
