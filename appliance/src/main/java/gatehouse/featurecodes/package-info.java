/**
 * Feature access codes: what a user dials to make the box do something (contract, "Feature access codes").
 * Always holds: of the codes that are on no two are equal. Never knows how a feature is carried out.
 */
package gatehouse.featurecodes;
