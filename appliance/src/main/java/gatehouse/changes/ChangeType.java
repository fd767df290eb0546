package gatehouse.changes;

/** The contract's words for what happened to an item. */
public enum ChangeType { CREATED, UPDATED, DELETED }
