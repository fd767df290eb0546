package gatehouse.redirection;

/**
 * The way into a service.
 *
 * @param base     its address, without a slash at the end unless the service wants one
 * @param host     by which name or address phones reach the box
 * @param account  user name, access key or client id
 * @param username of the account's owner, where the service asks for both; empty otherwise, as the next two
 */
record Access(Service service, String base, String host, String account, String secret, String username, String password, String siteId) {
    @Override
    public String toString() {
        return service + " as " + account;
    }
}
