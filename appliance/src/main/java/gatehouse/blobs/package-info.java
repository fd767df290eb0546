/**
 * Files that people upload and the box records: bytes by their digest on the disk, names and uses in the store (contract areas blobs, file).
 * Always holds: a row has its bytes, safe on the disk before it was written; bytes that no row names go. Never knows who uses a file, but by name.
 */
package gatehouse.blobs;
