/**
 * Phone templates: one XML file a family, read strictly, rendered with a phone's variables.
 * Always holds: a template is immutable; a value can never break out of its line or element. Never knows users, HTTP or the store.
 */
package gatehouse.templates;
