/**
 * Directories that phones show: colleagues, the company's contacts, and the phone's owner's own, in the format of each maker.
 * Always holds: a phone sees what its owner may see, a page at a time. Never knows where contacts are kept, or what a template says.
 */
package gatehouse.phonebooks;
