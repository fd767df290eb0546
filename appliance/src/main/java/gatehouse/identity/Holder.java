package gatehouse.identity;

/**
 * Who has a phone's folder.
 *
 * @param phoneId  whose it was when it came; a phone that was given to somebody anew has no holder yet. Empty: from before this was kept
 * @param address  where it came from last
 * @param maker    whom it named in its User-Agent; empty when nobody we know
 * @param evidence by what it came to know the folder, or what it showed since
 * @param fetched  whether it got a file; until then it was only told where they are
 */
record Holder(String phoneId, String address, String maker, Evidence evidence, boolean fetched) { }
