package org.sparkgen.data;

import java.util.List;

/**
 * What was learned from the training examples to turn files into model inputs; other examples for
 * the same model are read by it.
 *
 * @param scaling of numeric rows; none for images
 * @param classNames names of the classes in the order of their numbers; empty if they have none
 */
public record Preprocessing(FeatureScaling scaling, List<String> classNames) {
  public Preprocessing {
    classNames = List.copyOf(classNames);
  }
}
