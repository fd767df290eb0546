/**
 * Tells the redirect services of phone makers where each phone's files are, so that a phone fresh from its box finds its way by itself.
 * Always holds: nobody is told anything before an administrator gave credentials; what is told is the phone's MAC, its provisioning address and,
 * where the maker asks for it, its serial number. A phone that somebody else has there is never taken from them.
 */
package gatehouse.redirection;
