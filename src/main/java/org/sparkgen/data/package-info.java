/**
 * Bytes of every supported format come in; canonical examples, or rejects with reasons, go out,
 * packed into blocks and assembled into batches. It knows no Spark and no model.
 */
package org.sparkgen.data;
