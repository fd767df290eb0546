/**
 * Automatic callback: the service's number, and how long and how often a busy extension is watched for the caller (contract area
 * automatic-callback). Never knows calls.
 */
package gatehouse.callback;
