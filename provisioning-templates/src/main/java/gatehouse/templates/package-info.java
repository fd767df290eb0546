/**
 * Phone templates: reads them, checks them, renders a phone's files from them.
 * Always holds: a {@link gatehouse.templates.Template} is immutable and whole (every variable it names exists), and no value leaves its
 * place in a rendered file. Never knows the appliance, HTTP, or where a value comes from.
 */
package gatehouse.templates;
