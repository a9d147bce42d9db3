/**
 * Bytes of every supported format come in; canonical examples, or rejects with reasons, go out,
 * packed into blocks and assembled into batches.
 *
 * <p>Readers turn a file into {@link org.sparkgen.data.Outcome}s, one for each listed example:
 * nothing is dropped without a {@link org.sparkgen.data.Reject}, and whatever is in the bytes, no
 * exception escapes. Accepted examples of a shard go through a {@link
 * org.sparkgen.data.BlockPacker} into {@link org.sparkgen.data.ExampleBlock}s, which is how they
 * are kept; the training loop takes them as batches from a {@link
 * org.sparkgen.data.BatchAssembler}.
 *
 * <p>It knows no Spark, no file system and no model: where bytes come from, and what is learned
 * from them, is the business of others.
 */
package org.sparkgen.data;
