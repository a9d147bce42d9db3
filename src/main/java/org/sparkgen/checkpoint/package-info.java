/**
 * Snapshots on storage by the publish-last protocol: files first, one manifest last, verified when
 * read. A folder without a manifest does not exist.
 */
package org.sparkgen.checkpoint;
