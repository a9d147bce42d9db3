package org.sparkgen.spark;

import java.util.Optional;

/**
 * Where a table has its examples.
 *
 * @param column of examples
 * @param labelColumn of class numbers, for models that have to be told them
 * @param idColumn of texts or whole numbers, a different one in each row; without it an example is
 *     known by its content
 * @param unreadable what becomes of a row whose example can't be read
 */
public record TableInput(
    String column,
    Optional<String> labelColumn,
    Optional<String> idColumn,
    UnreadableRows unreadable) {}
