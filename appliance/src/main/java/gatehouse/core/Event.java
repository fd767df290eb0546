package gatehouse.core;

/** News that one capability tells and others may hear. Each capability has a sealed family of its own. */
public interface Event {
}
