/**
 * How phones find their files by themselves (PnP, DHCP, TFTP), how far each of them came, and what to do where it stopped.
 * Always holds: nobody is sent to a phone's own files who showed less than the administrator asks for. Never knows what stands in a file.
 */
package gatehouse.discovery;
